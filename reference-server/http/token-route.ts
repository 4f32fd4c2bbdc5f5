import type { IncomingMessage } from 'node:http';
import { isDemoUser, type DemoUser } from '../auth/demo-users.ts';
import { issueToken } from '../auth/issue-token.ts';
import type { ResolvedSettings } from '../settings/settings.ts';
import { readJsonBody } from './read-json-body.ts';
import { errorAnswer, type JsonAnswer } from './send-json.ts';

const LARGEST_BODY_BYTES = 4_096;

/** Answers `POST /api/v1/auth/token`: a token for a demo user who gives the right password. */
export const answerTokenRequest = async (
  request: IncomingMessage,
  settings: ResolvedSettings,
): Promise<JsonAnswer> => {
  const body = await readJsonBody(request, LARGEST_BODY_BYTES);
  if (body.outcome === 'too-large') {
    const message = `The body is larger than ${LARGEST_BODY_BYTES} bytes. Send only username and password.`;
    // The rest of the body is not read, so the connection can not be used again.
    return errorAnswer(413, { code: 'body_too_large', message }, { Connection: 'close' });
  }
  const given = body.outcome === 'read' ? credentials(body.value) : undefined;
  if (given === undefined) {
    const message = 'Send a JSON object with the texts "username" and "password".';
    return errorAnswer(400, { code: 'body_malformed', message });
  }
  if (!isDemoUser(settings.demoUsers, given)) {
    const message = 'No user has this name and password.';
    return errorAnswer(401, { code: 'credentials_wrong', message }, { 'WWW-Authenticate': 'Bearer' });
  }
  const token = issueToken(given.username, settings.tokenLifetimeMs, settings);
  const expiresInSeconds = Math.floor(settings.tokenLifetimeMs / 1_000);
  return { status: 200, body: { access_token: token, token_type: 'bearer', expires_in: expiresInSeconds } };
};

const credentials = (value: unknown): DemoUser | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  const { username, password } = value as Readonly<Record<string, unknown>>;
  return typeof username === 'string' && typeof password === 'string' ? { username, password } : undefined;
};
