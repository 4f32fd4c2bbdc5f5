import type { ConnectionAttempt } from '../connection/attempt.ts';
import { failureReasons, type Failure } from '../connection/failure.ts';
import type { FailureCount, RunCounts } from '../record/run-record.ts';
import { failedAttempts, openedAttempts } from './summarize.ts';

/** How many of the planned attempts were started; tries to come back are none of the plan. */
export const startedOfPlan = (attempts: readonly ConnectionAttempt[]): number =>
  attempts.filter(({ outcome, retry }) => outcome !== 'not-started' && retry === undefined).length;

/** How many attempts came to what. */
export const countOutcomes = (attempts: readonly ConnectionAttempt[]): RunCounts => {
  const opened = openedAttempts(attempts);
  const failed = failedAttempts(attempts);
  return {
    // Tries to come back are attempts, but no plan knows how many it takes.
    planned: attempts.filter(({ retry }) => retry === undefined).length,
    attempted: opened.length + failed.length,
    successful: opened.length,
    failed: failed.length,
    notStarted: attempts.length - opened.length - failed.length,
    ready: opened.filter(({ readyAtMs }) => readyAtMs !== null).length,
    stable: opened.filter(({ stable }) => stable).length,
    messagesReceived: opened.reduce((total, one) => total + one.messagesReceived, 0),
  };
};

const failureOf = (attempt: ConnectionAttempt): Failure | null =>
  attempt.outcome === 'not-started' ? null : attempt.failure;

/** The failures of a run, alike ones together, most frequent first within the order of the closed list. */
export const countFailures = (attempts: readonly ConnectionAttempt[]): FailureCount[] => {
  const counts = new Map<string, FailureCount>();
  for (const attempt of attempts) {
    const failure = failureOf(attempt);
    if (failure === null) continue;
    const key = `${failure.reason}/${String(failure.status)}/${String(failure.closeCode)}`;
    counts.set(key, {
      ...failure,
      detail: counts.get(key)?.detail ?? failure.detail,
      count: (counts.get(key)?.count ?? 0) + 1,
    });
  }
  return [...counts.values()].toSorted(
    (a, b) => failureReasons.indexOf(a.reason) - failureReasons.indexOf(b.reason) || b.count - a.count,
  );
};
