import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadResult } from '../harness/load/run-load.ts';
import type { ServerRecord } from '../harness/record/run-record.ts';
import { reconcileCounts } from '../observe/reconcile-counts.ts';
import type { ServerWatch } from '../observe/watch-server.ts';

/** How long the server may take to count the last closes, ms. */
const countsSettleWithinMs = 2_000;
const countsPollMs = 50;

/** Asks for the statistics until the server has counted the last closes, or will not. */
export const settledStatistics = async (
  watch: ServerWatch,
  openBefore: number,
): Promise<ServerRecord['statisticsAfter']> => {
  const untilMs = performance.now() + countsSettleWithinMs;
  for (;;) {
    const statistics = await watch.statistics();
    if (statistics === null || statistics.current_connections <= openBefore || performance.now() > untilMs) {
      return statistics;
    }
    await sleep(countsPollMs);
  }
};

/** What was seen of the server, with what its counts and the clients' do not agree in. */
export const makeServerRecord = (
  { attempts, wasStopped }: LoadResult,
  seen: Pick<ServerRecord, 'samples' | 'statisticsBefore' | 'statisticsAfter'>,
  instances: number,
): ServerRecord => {
  const { samples, statisticsBefore: before, statisticsAfter: after } = seen;
  // Of what was called off half-way, nobody knows whether the server counted it.
  const isComparable = before !== null && after !== null && !wasStopped;
  return {
    ...seen,
    differences: isComparable ? reconcileCounts({ attempts, before, after, samples, instances }) : null,
  };
};
