import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import type { FailureReason } from '../harness/connection/failure.ts';
import type { ServerSample, WebSocketStatistics } from '../harness/record/run-record.ts';

/** What both sides counted. */
export interface BothCounts {
  readonly attempts: readonly ConnectionAttempt[];
  readonly before: WebSocketStatistics;
  readonly after: WebSocketStatistics;
  /** Readings of the server during the run. */
  readonly samples: readonly ServerSample[];
  /** Of the server: a load balancer takes what one refuses to the next, and each counts it as an attempt, and as failed. */
  readonly instances: number;
}

/** Close to an opening or a closing the two sides may rightly differ, ms. */
const settlingMs = 250;

// Failures in which the attempt reached the endpoint and was answered there.
const answeredByServer = new Set<FailureReason>(['unauthorized', 'overloaded']);
// Failures in which nobody can say whether the endpoint saw the attempt.
const perhapsSeen = new Set<FailureReason>(['reset', 'handshake-timeout', 'protocol', 'http-status', 'tls']);

const openAt = (
  attempts: readonly ConnectionAttempt[],
  atMs: number,
): { surely: number; perhaps: number } => {
  let surely = 0;
  let perhaps = 0;
  for (const attempt of attempts) {
    if (attempt.outcome !== 'opened') continue;
    const closedAtMs = attempt.closedAtMs ?? Number.POSITIVE_INFINITY;
    if (attempt.startedAtMs < atMs + settlingMs && closedAtMs > atMs - settlingMs) perhaps += 1;
    // Who does not read hears of the server's close when it reads again.
    const { slowReading } = attempt;
    const surelyUntilMs = slowReading?.state === 'closed' ? slowReading.stoppedAtMs : closedAtMs;
    if (attempt.openedAtMs < atMs - settlingMs && surelyUntilMs > atMs + settlingMs) surely += 1;
  }
  return { surely, perhaps };
};

const between = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** Where client and server do not agree on what happened, one sentence each; empty when they do. */
export const reconcileCounts = ({ attempts, before, after, samples, instances }: BothCounts): string[] => {
  const differences: string[] = [];
  const failedWith = (reasons: ReadonlySet<FailureReason>): number =>
    attempts.filter((attempt) => attempt.outcome === 'failed' && reasons.has(attempt.failure.reason)).length;
  const opened = attempts.filter(({ outcome }) => outcome === 'opened').length;
  const answered = opened + failedWith(answeredByServer);
  const unsure = failedWith(perhapsSeen);

  const total = after.total_connections - before.total_connections;
  const failed = after.failed_connections - before.failed_connections;
  const refused = failedWith(answeredByServer);
  const compare = (what: string, counted: number, least: number, most: number): void => {
    if (between(counted, least, most)) return;
    differences.push(
      `The server counted ${String(counted)} ${what}, the client ${String(least)}` +
        (most === least ? '.' : ` to ${String(most)}.`),
    );
  };
  if (instances === 1) {
    compare('attempts', total, answered, answered + unsure);
    compare('failed connections', failed, refused, refused + unsure);
  } else {
    compare('connections that opened', total - failed, opened, opened + unsure);
    compare('failed connections', failed, refused, (refused + opened + unsure) * instances - opened);
  }
  const left = after.current_connections - before.current_connections;
  if (left > 0) {
    differences.push(`After the load the server still counted ${String(left)} of its connections as open.`);
  }
  const during = samples.filter(({ atMs }) => atMs >= 0);
  const unanswered = during.filter(({ currentConnections }) => currentConnections === null).length;
  // A late answer now and then is no difference; an endpoint that goes silent under load is.
  if (unanswered * 2 > during.length) {
    differences.push(
      `The monitoring endpoint gave no answer in time to ${String(unanswered)} of ${String(during.length)} readings.`,
    );
  }
  for (const { atMs, currentConnections } of samples) {
    if (currentConnections === null || atMs < 0) continue;
    const { surely, perhaps } = openAt(attempts, atMs);
    const others = before.current_connections;
    if (between(currentConnections - others, surely, perhaps)) continue;
    differences.push(
      `After ${(atMs / 1_000).toFixed(1)} s the server counted ${String(currentConnections)} open connections` +
        `${others === 0 ? '' : ` (${String(others)} of them from before)`}, the client ${String(surely)} to ${String(perhaps)}.`,
    );
  }
  return differences;
};
