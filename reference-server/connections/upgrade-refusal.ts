import type { AdmissionLimits } from '../admission/admission-limits.ts';
import { overloadReasons, type OverloadReason } from '../admission/overload-reason.ts';
import type { TokenVerdict } from '../auth/verify-token.ts';
import { errorAnswer, type JsonAnswer } from '../http/send-json.ts';
import type { AttemptOutcome } from '../metrics.ts';

const RETRY_AFTER_SECONDS = 1;

/** Why an upgrade is refused, as an HTTP answer and as a metric label. */
export type UpgradeRefusal = { readonly answer: JsonAnswer } & (
  | { readonly outcome: 'overloaded'; readonly reason: OverloadReason }
  | { readonly outcome: Exclude<AttemptOutcome, 'opened' | 'lost' | 'overloaded'> }
);

const codes: Readonly<Record<OverloadReason, string>> = {
  connections: 'too_many_connections',
  handshakes: 'too_many_handshakes',
  event_loop_delay: 'server_busy',
  memory: 'memory_short',
  address: 'too_many_connections_of_address',
  user: 'too_many_connections_of_user',
  draining: 'draining',
  fault: 'rejected_by_fault',
};

const messages = (limits: AdmissionLimits): Readonly<Record<OverloadReason, string>> => ({
  connections: `At most ${limits.maxConnections} connections are served. Try again later.`,
  handshakes: `At most ${limits.maxHandshakesInFlight} handshakes are served at once. Try again later.`,
  event_loop_delay: 'The server is busy with the connections it has. Try again later.',
  memory: 'The server has no memory left for another connection. Try again later.',
  address: `At most ${limits.maxConnectionsPerAddress} connections of one address are served. Close another one first.`,
  user: `At most ${limits.maxConnectionsPerUser} connections of one user are served. Close another one first.`,
  draining: 'This server is shutting down. Connect to another, or again in a moment.',
  fault: 'This upgrade is refused by a fault setting.',
});

/** The refusals that ask the client to come back later, one for each reason: made once, because they are many when it matters. */
export const overloadRefusals = (
  limits: AdmissionLimits,
): Readonly<Record<OverloadReason, UpgradeRefusal>> => {
  const messageOf = messages(limits);
  const refusals = overloadReasons.map((reason): [OverloadReason, UpgradeRefusal] => {
    const error = { code: codes[reason], message: messageOf[reason] };
    const answer = errorAnswer(503, error, { 'Retry-After': String(RETRY_AFTER_SECONDS) });
    return [reason, { outcome: 'overloaded', reason, answer }];
  });
  return Object.fromEntries(refusals) as Record<OverloadReason, UpgradeRefusal>;
};

/** A refusal of a handshake that breaks the protocol. */
export const invalidHandshake = (message: string): UpgradeRefusal => ({
  outcome: 'invalid',
  answer: errorAnswer(400, { code: 'handshake_invalid', message }, { 'Sec-WebSocket-Version': '13' }),
});

/** The refusal of an upgrade whose token is missing or bad. */
export const badToken = (verdict: Extract<TokenVerdict, { readonly outcome: 'refused' }>): UpgradeRefusal => {
  const challenge = verdict.code === 'token_missing' ? 'Bearer' : 'Bearer error="invalid_token"';
  return { outcome: 'unauthorized', answer: errorAnswer(401, verdict, { 'WWW-Authenticate': challenge }) };
};

/** The refusal of a page whose origin is not on the list. */
export const foreignOrigin: UpgradeRefusal = {
  outcome: 'forbidden',
  answer: errorAnswer(403, {
    code: 'origin_not_allowed',
    message: 'Pages of this origin may not connect. ALLOWED_ORIGINS of the server lists those that may.',
  }),
};
