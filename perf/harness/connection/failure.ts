/** Why a connection did not come about, or did not last: the closed list, in the order reports use. */
export const failureReasons = [
  'dns',
  'refused',
  'reset',
  'tls',
  'unauthorized',
  'overloaded',
  'http-status',
  'handshake-timeout',
  'protocol',
  'closed-before-ready',
  'no-initial-message',
  'dropped',
  'local-limit',
] as const;

/**
 * - `dns`: the host name could not be resolved
 * - `refused`: nothing listens there, or no route to it
 * - `reset`: the connection was cut before the handshake was answered
 * - `tls`: the TLS handshake or the certificate failed
 * - `unauthorized`: HTTP 401 or 403
 * - `overloaded`: HTTP 429 or 503
 * - `http-status`: any other HTTP answer than 101
 * - `handshake-timeout`: no answer within the handshake's time-out
 * - `protocol`: an answer or a frame that breaks RFC 6455
 * - `closed-before-ready`: opened, then closed before its initial messages had arrived
 * - `no-initial-message`: opened, but the initial messages did not arrive in time
 * - `dropped`: was ready, then closed by the other side before the hold was over
 * - `local-limit`: this machine ran out of file descriptors or ports
 */
export type FailureReason = (typeof failureReasons)[number];

/** One failure: its reason with the HTTP status or the close code that came with it. */
export interface Failure {
  readonly reason: FailureReason;
  /** HTTP status of the answer, where there was one. */
  readonly status: number | null;
  /** WebSocket close code (RFC 6455 §7.4), where the connection had opened. */
  readonly closeCode: number | null;
  /** What the system or the peer said, shortened; null when there was nothing. */
  readonly detail: string | null;
}
