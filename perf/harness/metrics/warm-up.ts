import type { ConnectionAttempt } from '../connection/attempt.ts';
import { HarnessError } from '../harness-error.ts';
import type { LoadResult } from '../load/run-load.ts';
import type { WarmUpRecord } from '../record/run-record.ts';

/** @throws HarnessError PLAN_INVALID when the warm-up is no span of time. */
export const assertWarmUp = (warmUpMs: number): void => {
  if (Number.isFinite(warmUpMs) && warmUpMs >= 0) return;
  throw new HarnessError(
    'PLAN_INVALID',
    `The warm-up is ${String(warmUpMs / 1_000)} s, but it takes a number of seconds, 0 or more.`,
  );
};

/** Whether an attempt is of the warm-up: it was due before its end, whenever it started. */
export const isWarmUp = ({ dueAtMs }: Pick<ConnectionAttempt, 'dueAtMs'>, warmUpMs: number): boolean =>
  dueAtMs < warmUpMs;

/** The attempts that are judged. */
export const judgedAttempts = (
  attempts: readonly ConnectionAttempt[],
  warmUpMs: number,
): readonly ConnectionAttempt[] =>
  warmUpMs === 0 ? attempts : attempts.filter((attempt) => !isWarmUp(attempt, warmUpMs));

/** What the warm-up left out of judgement; null where there was none. */
export const warmUpRecord = ({ attempts, grid, pings, messages }: LoadResult): WarmUpRecord | null =>
  grid.warmUpMs === 0
    ? null
    : {
        untilMs: grid.warmUpMs,
        attempts: attempts.filter((attempt) => isWarmUp(attempt, grid.warmUpMs)).length,
        pings: pings.warmUpSent,
        messages: messages.received.leftOut,
      };
