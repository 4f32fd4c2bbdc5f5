import { setTimeout as sleep } from 'node:timers/promises';
import { HistoryError } from './history-error.ts';

const mostTries = 10;
const firstPauseMs = 50;
const longestPauseMs = 2_000;

/**
 * Repeats `attempt` while it returns null because another process was quicker, up to ten times, with random pauses whose
 * limit doubles, so that those who met once do not meet again.
 * @throws HistoryError PUSH_OVERTAKEN after the tenth.
 */
export const untilNotOvertaken = async <Result>(
  attempt: (tried: number) => Promise<Result | null>,
  pause: (durationMs: number) => Promise<unknown> = sleep,
): Promise<Result> => {
  for (let tried = 1; tried <= mostTries; tried += 1) {
    const result = await attempt(tried);
    if (result !== null) return result;
    if (tried < mostTries) await pause(Math.random() * Math.min(longestPauseMs, firstPauseMs * 2 ** tried));
  }
  throw new HistoryError(
    'PUSH_OVERTAKEN',
    `Other pushes to the branch were quicker ${String(mostTries)} times. Nothing was lost: push again.`,
  );
};
