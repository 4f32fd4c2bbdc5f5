import type { ConnectionAttempt, FailedAttempt, OpenedAttempt } from '../connection/attempt.ts';
import { judgedAttempts } from '../metrics/warm-up.ts';

/** An attempt that was started. */
export type StartedAttempt = OpenedAttempt | FailedAttempt;

/**
 * The attempts that the plan gave a moment of their own, in the order of these moments. Those due at the same moment as
 * another start as fast as they can, none of them is late; nor is one that came due while they were still being started.
 * Tries to come back after a cut are no part of the plan.
 */
export const pacedStarts = (attempts: readonly ConnectionAttempt[], warmUpMs: number): StartedAttempt[] => {
  const planned = judgedAttempts(attempts, warmUpMs)
    .filter(
      (attempt): attempt is StartedAttempt =>
        attempt.outcome !== 'not-started' && attempt.retry === undefined,
    )
    .toSorted((a, b) => a.dueAtMs - b.dueAtMs);
  let togetherUntilMs = Number.NEGATIVE_INFINITY;
  return planned.filter(({ dueAtMs, startedAtMs }, position) => {
    const isTogether =
      planned[position - 1]?.dueAtMs === dueAtMs || planned[position + 1]?.dueAtMs === dueAtMs;
    if (isTogether) togetherUntilMs = Math.max(togetherUntilMs, startedAtMs);
    return !isTogether && dueAtMs > togetherUntilMs;
  });
};
