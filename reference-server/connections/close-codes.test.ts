import { expect, it } from 'vitest';
import { connectClient } from '../testing/market-client.ts';
import { readMetric } from '../testing/read-stats.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';
import { closeCodeLabel } from './close-codes.ts';

it.each([
  [1_000, '1000'],
  [1_006, '1006'],
  [2_999, '2999'],
  [3_000, '3xxx'],
  [4_999, '4xxx'],
])('close code %i is counted as %s', (code, label) => {
  expect(closeCodeLabel(code)).toBe(label);
});

it('codes that clients choose for themselves share one series', async () => {
  await using server = await startTestServer();
  for (const code of [4_000, 4_001, 4_999]) (await connectClient(server.url)).socket.close(code);
  await until(
    () => readMetric(server.url, 'websocket_connections_closed_total{code="4xxx"}'),
    (closed) => closed === 3,
  );
});
