import type { LoadResult } from '../load/run-load.ts';
import { TimedDistribution, type EncodedTimedDistribution } from './timed-distribution.ts';
import { TimedRate, type EncodedTimedRate } from './timed-rate.ts';

/** A quote is left out when a connection became ready this shortly before it: its snapshot may have held the quote, ms. */
const settlingMs = 250;
/** How long a quote is given to reach everyone, ms; one that a connection had less time for is left out. */
const arrivalAllowanceMs = 1_000;
/** Between fewer clients there is no skew. */
const fewestClients = 2;

/** From when on how many connections were open and ready. */
interface Readiness {
  readonly fromMs: number;
  readonly clients: number;
}

/** How the quotes reached all clients together. */
export interface FanOutSummary {
  readonly skew: EncodedTimedDistribution;
  /** Quotes that reached every client, of those that could be judged. */
  readonly reachedAll: EncodedTimedRate;
}

const readinessOf = (attempts: LoadResult['attempts'], finishedAtMs: number): Readiness[] => {
  const changes: { readonly atMs: number; readonly by: 1 | -1 }[] = [];
  for (const attempt of attempts) {
    if (attempt.outcome !== 'opened' || attempt.readyAtMs === null) continue;
    if (attempt.slowReading !== undefined) continue;
    changes.push({ atMs: attempt.readyAtMs, by: 1 });
    changes.push({ atMs: attempt.closedAtMs ?? finishedAtMs, by: -1 });
  }
  let clients = 0;
  return changes
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, by }) => {
      clients += by;
      return { fromMs: atMs, clients };
    });
};

/**
 * Judges each quote that all clients had the same chance to receive: the set of open and ready connections did not
 * change from 250 ms before its first arrival until 1 s after it. It reached every client when it arrived at as many
 * connections as there were in that set.
 */
export const summarizeFanOut = ({
  attempts,
  grid,
  messages,
  startedAtEpochMs,
  holdOverAtMs,
  finishedAtMs,
}: Pick<
  LoadResult,
  'attempts' | 'grid' | 'messages' | 'startedAtEpochMs' | 'holdOverAtMs' | 'finishedAtMs'
>): FanOutSummary => {
  const readiness = readinessOf(attempts, finishedAtMs);
  const skew = new TimedDistribution(grid);
  const reachedAll = new TimedRate(grid);
  let current = -1;
  // In the order of their first arrivals, as the changes are in theirs: one walk along both.
  for (const { firstAtEpochMs, lastAtEpochMs, count } of messages.fanOut.quotes) {
    const firstAtMs = firstAtEpochMs - startedAtEpochMs;
    while ((readiness[current + 1]?.fromMs ?? Number.POSITIVE_INFINITY) <= firstAtMs) current += 1;
    const { fromMs, clients } = readiness[current] ?? { fromMs: 0, clients: 0 };
    const untilMs = Math.min(holdOverAtMs, readiness[current + 1]?.fromMs ?? holdOverAtMs);
    if (clients < fewestClients) continue;
    if (firstAtMs - fromMs < settlingMs || untilMs - firstAtMs < arrivalAllowanceMs) continue;
    reachedAll.record(count >= clients, firstAtMs);
    if (count >= clients) skew.record(lastAtEpochMs - firstAtEpochMs, firstAtMs);
  }
  return { skew: skew.encode(), reachedAll: reachedAll.encode() };
};
