import { describe, expect, it } from 'vitest';
import { connectClient } from '../testing/market-client.ts';
import { readMetric, readStats } from '../testing/read-stats.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';

// The kernel takes some megabytes before the server notices that a client does not read.
const flood = { symbols: ['AAPL', 'MSFT'], quotesPerSecond: 60_000, slowConsumerConflateBytes: 20_000 };

const hasGap = (numbers: readonly number[]): boolean =>
  numbers.some((number, index) => index > 0 && number > (numbers[index - 1] ?? 0) + 1);

describe('a client that does not read', { timeout: 60_000 }, () => {
  it('is given only the newest quote of each symbol once it reads again', async () => {
    await using server = await startTestServer({ ...flood, slowConsumerCloseBytes: 1_000_000_000 });
    using client = await connectClient(server.url);
    await client.receive('quote');
    client.socket.pause();
    await until(
      () => readMetric(server.url, 'websocket_quotes_conflated_total'),
      (conflated) => conflated > 1_000,
    );
    client.socket.resume();
    const sequences = (): number[] =>
      client.ofType('quote').flatMap(({ symbol, sequence }) => (symbol === 'AAPL' ? [sequence] : []));
    const received = await until(sequences, hasGap);
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(await readMetric(server.url, 'websocket_slow_consumers_conflated_total')).toBeGreaterThanOrEqual(
      1,
    );
    expect(await readMetric(server.url, 'websocket_slow_consumers_closed_total')).toBe(0);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('is closed with 1013 when it falls too far behind', async () => {
    await using server = await startTestServer({
      ...flood,
      slowConsumerCloseBytes: 200_000,
      slowConsumerCloseGraceMs: 600_000,
    });
    using client = await connectClient(server.url);
    client.socket.pause();
    await until(
      () => readMetric(server.url, 'websocket_slow_consumers_closed_total'),
      (closed) => closed === 1,
    );
    client.socket.resume();
    expect(await client.closed).toBe(1013);
  });

  it('is cut off when it does not even take the close frame', async () => {
    await using server = await startTestServer({
      ...flood,
      slowConsumerCloseBytes: 200_000,
      slowConsumerCloseGraceMs: 10,
    });
    using client = await connectClient(server.url);
    client.socket.pause();
    await until(
      () => readMetric(server.url, 'websocket_slow_consumers_closed_total'),
      (closed) => closed === 1,
    );
    await until(
      () => readStats(server.url),
      (stats) => stats.current_connections === 0,
    );
    expect(await readMetric(server.url, 'websocket_connections_closed_total{code="1006"}')).toBe(1);
  });
});
