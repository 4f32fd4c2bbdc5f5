import { setTimeout as sleep } from 'node:timers/promises';
import { GitHubError } from './github-error.ts';

const mostTries = 5;
const firstWaitMs = 1_000;
/** Nobody waits longer for a comment, all tries together. */
const longestWaitMs = 180_000;

/** How time passes; tests have none. */
export interface Waiting {
  readonly wait: (ms: number) => Promise<unknown>;
  /** 0–1. */
  readonly random: () => number;
}

const realWaiting: Waiting = { wait: (ms) => sleep(ms), random: Math.random };

/**
 * Does something up to five times, as long as it fails in a way that may pass: with twice the wait each time and some chance in
 * it, or the wait that GitHub asks for, and no longer than three minutes in all.
 * @throws what the last try threw.
 */
export const withRetries = async <Result>(
  act: () => Promise<Result>,
  { wait, random }: Waiting = realWaiting,
): Promise<Result> => {
  let waitedMs = 0;
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof GitHubError) || !error.isWorthRetrying || tries === mostTries) throw error;
      const backoffMs = firstWaitMs * 2 ** (tries - 1) * (1 + random());
      const nextMs = Math.max(backoffMs, error.waitMs ?? 0);
      if (waitedMs + nextMs > longestWaitMs) throw error;
      waitedMs += nextMs;
      await wait(nextMs);
    }
  }
};
