import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult } from '../harness/load/run-load.ts';
import type { ServerRecord } from '../harness/record/run-record.ts';
import { reconcileCounts } from '../observe/reconcile-counts.ts';
import { storeDifferences, type ServerCounts } from '../observe/server-counts.ts';
import type { ServerWatch } from '../observe/watch-server.ts';

/** How long the server may take to count the last closes, ms. */
const countsSettleWithinMs = 2_000;
const countsPollMs = 50;

/** Asks for the counts until the server has counted the last closes, in its store as well, or will not. */
export const settledCounts = async (
  watch: Pick<ServerWatch, 'counts'>,
  before: ServerCounts | null,
): Promise<ServerCounts | null> => {
  const openBefore = before?.statistics.current_connections ?? 0;
  const untilMs = performance.now() + countsSettleWithinMs;
  for (;;) {
    const counts = await watch.counts();
    if (counts === null || performance.now() > untilMs) return counts;
    const isSettled =
      counts.statistics.current_connections <= openBefore &&
      (before === null || storeDifferences(before, counts).length === 0);
    if (isSettled) return counts;
    await sleep(countsPollMs);
  }
};

/** What was seen of the server, with what the clients' counts, its own and those of its store do not agree in. */
export const makeServerRecord = (
  { attempts, wasStopped }: Pick<LoadResult, 'attempts' | 'wasStopped'>,
  seen: {
    readonly samples: ServerRecord['samples'];
    readonly before: ServerCounts | null;
    readonly after: ServerCounts | null;
  },
  instances: number,
): ServerRecord => {
  const { samples, before, after } = seen;
  // Of what was called off half-way, nobody knows whether the server counted it.
  const isComparable = before !== null && after !== null && !wasStopped;
  return {
    samples,
    statisticsBefore: before?.statistics ?? null,
    statisticsAfter: after?.statistics ?? null,
    differences: isComparable
      ? [
          ...reconcileCounts({
            attempts,
            before: before.statistics,
            after: after.statistics,
            samples,
            instances,
          }),
          ...storeDifferences(before, after),
        ]
      : null,
  };
};
