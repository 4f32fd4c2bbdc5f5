import { atMost, countDifferences, expect, hold, test } from './scenario.ts';

const statisticsFields = [
  'total_connections',
  'current_connections',
  'max_concurrent_connections',
  'connection_times',
  'failed_connections',
  'last_connection_time',
  'avg_connection_time',
  'min_connection_time',
  'max_connection_time',
  'success_rate',
  'timestamp',
];
const activeFields = ['current_connections', 'max_concurrent_connections', 'timestamp'];

test('the monitoring endpoints answer under load and agree with the clients', async ({
  load,
  monitoring,
  needs,
}) => {
  needs('monitoring');
  await monitoring.resetStatistics();
  const loading = load(hold({ connections: 50, holdSeconds: 3 }));
  expect(Object.keys(await monitoring.statistics()).toSorted()).toEqual(statisticsFields.toSorted());
  expect(Object.keys(await monitoring.activeConnections()).toSorted()).toEqual(activeFields);
  const run = await loading;
  expect(run).toMeet(atMost(countDifferences, 'count', 0));
  expect(run.server.statisticsAfter).toMatchObject({
    total_connections: run.counts.attempted,
    failed_connections: run.counts.failed,
    max_concurrent_connections: run.counts.successful,
    success_rate: (run.counts.successful / run.counts.attempted) * 100,
  });
});
