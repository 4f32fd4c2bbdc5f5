import type { IncomingMessage } from 'node:http';
import { tokenFromRequest } from '../auth/token-from-request.ts';
import { verifyToken } from '../auth/verify-token.ts';
import { errorAnswer, type JsonAnswer } from '../http/send-json.ts';
import type { AttemptOutcome } from '../metrics.ts';
import type { ResolvedSettings } from '../settings/settings.ts';

const RETRY_AFTER_SECONDS = 1;

/** Why an upgrade is refused, as an HTTP answer and as a metric label. */
export interface UpgradeRefusal {
  readonly outcome: Exclude<AttemptOutcome, 'opened' | 'lost'>;
  readonly answer: JsonAnswer;
}

/** A refusal that asks the client to come back later. */
export const overloaded = (code: string, message: string): UpgradeRefusal => ({
  outcome: 'overloaded',
  answer: errorAnswer(503, { code, message }, { 'Retry-After': String(RETRY_AFTER_SECONDS) }),
});

/** A refusal of a handshake that breaks the protocol. */
export const invalidHandshake = (message: string): UpgradeRefusal => ({
  outcome: 'invalid',
  answer: errorAnswer(400, { code: 'handshake_invalid', message }, { 'Sec-WebSocket-Version': '13' }),
});

/** Refuses an upgrade whose token is missing or bad; undefined when it is good. */
export const refuseBadToken = (
  request: IncomingMessage,
  url: URL,
  settings: ResolvedSettings,
): UpgradeRefusal | undefined => {
  const verdict = verifyToken(tokenFromRequest(request, url), {
    secret: settings.jwtSecret,
    algorithms: settings.jwtAlgorithms,
  });
  if (verdict.outcome === 'accepted') return undefined;
  const challenge = verdict.code === 'token_missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return { outcome: 'unauthorized', answer: errorAnswer(401, verdict, { 'WWW-Authenticate': challenge }) };
};
