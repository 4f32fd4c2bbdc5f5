import { atMost, countDifferences, expect, hold, test } from './scenario.ts';

const connections = 50;
const aNumber: unknown = expect.any(Number);
const activeFields = {
  current_connections: aNumber,
  max_concurrent_connections: aNumber,
  timestamp: aNumber,
};
const statisticsFields = {
  ...activeFields,
  total_connections: aNumber,
  connection_times: expect.any(Array) as unknown,
  failed_connections: aNumber,
  last_connection_time: aNumber,
  avg_connection_time: aNumber,
  min_connection_time: aNumber,
  max_connection_time: aNumber,
  success_rate: aNumber,
};

test(
  'the monitoring endpoints answer under load and agree with the clients',
  { tags: ['quick'] },
  async ({ load, monitoring, needs }) => {
    needs('monitoring');
    await monitoring.resetStatistics();
    const loading = load(hold({ connections, holdSeconds: 3 }));
    const asking = (async () => {
      await expect
        .poll(async () => (await monitoring.activeConnections()).current_connections, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(connections / 2);
      // The guide's fields, no more and no less.
      expect(await monitoring.activeConnections()).toEqual(activeFields);
      expect(await monitoring.statistics()).toEqual(statisticsFields);
    })();
    // Both are waited for, whichever fails: a load is never left behind.
    const [run] = await Promise.all([loading, asking.catch(() => undefined)]);
    await asking;
    expect(run).toMeet(atMost(countDifferences, 'count', 0));
    expect(run.server.statisticsAfter).toMatchObject({
      total_connections: run.counts.attempted,
      failed_connections: run.counts.failed,
      max_concurrent_connections: run.counts.successful,
      success_rate: (run.counts.successful / run.counts.attempted) * 100,
    });
  },
);
