import { expect, it } from 'vitest';
import { connectClient, type MarketClient } from './testing/market-client.ts';
import { describeWithRedis, startPrivateRedis } from './testing/private-redis.ts';
import { readStats, resetStats } from './testing/read-stats.ts';
import { spawnServer } from './testing/spawned-server.ts';
import { until } from './testing/until.ts';

const connectClients = (url: string, count: number): Promise<readonly MarketClient[]> =>
  Promise.all(Array.from({ length: count }, () => connectClient(url)));

describeWithRedis('two instances that share a Redis', { timeout: 60_000 }, () => {
  it('add up their connections, and forget those of an instance that was killed', async () => {
    await using redis = await startPrivateRedis();
    const environment = { REDIS_URL: redis.url };
    await using one = await spawnServer(environment);
    await using two = await spawnServer(environment);
    const [atOne, atTwo] = await Promise.all([connectClients(one.url, 5), connectClients(two.url, 3)]);
    const together = { total_connections: 8, current_connections: 8, max_concurrent_connections: 8 };
    for (const url of [one.url, two.url]) {
      expect(
        await until(
          () => readStats(url),
          (stats) => stats.current_connections === 8,
        ),
      ).toMatchObject(together);
    }
    two.child.kill('SIGKILL');
    const afterKill = await until(
      () => readStats(one.url),
      (stats) => stats.current_connections === 5,
    );
    expect(afterKill).toMatchObject({
      total_connections: 8,
      max_concurrent_connections: 8,
      failed_connections: 0,
    });
    expect((await resetStats(one.url)).status).toBe(200);
    expect(await readStats(one.url)).toMatchObject({
      total_connections: 0,
      current_connections: 5,
      max_concurrent_connections: 5,
    });
    for (const client of [...atOne, ...atTwo]) client.socket.terminate();
  });

  it('have one publisher, whose work the other continues when it is killed', async () => {
    await using redis = await startPrivateRedis();
    const environment = { REDIS_URL: redis.url, SYMBOLS: 'AAPL', QUOTES_PER_SECOND: '100' };
    await using publisher = await spawnServer(environment);
    await until(
      () => publisher.output(),
      (output) => output.includes('publishing quotes'),
    );
    await using successor = await spawnServer(environment);
    using client = await connectClient(successor.url);
    await client.receive('quote', 50);
    expect(successor.output()).not.toContain('publishing quotes');
    publisher.child.kill('SIGKILL');
    await until(
      () => successor.output(),
      (output) => output.includes('publishing quotes'),
    );
    await client.receive('quote', client.ofType('quote').length + 50);
    const quotes = client.ofType('quote');
    const first = quotes[0]?.sequence ?? 0;
    expect(quotes.map(({ sequence }) => sequence)).toEqual(quotes.map((_, index) => first + index));
    expect(new Set(quotes.map(({ epoch }) => epoch)).size).toBe(1);
  });

  it('hand publishing over without a pause for the lease when the publisher stops in order', async () => {
    await using redis = await startPrivateRedis();
    const environment = { REDIS_URL: redis.url, SYMBOLS: 'AAPL', QUOTES_PER_SECOND: '100' };
    await using publisher = await spawnServer(environment);
    await until(
      () => publisher.output(),
      (output) => output.includes('publishing quotes'),
    );
    await using successor = await spawnServer(environment);
    publisher.child.kill('SIGTERM');
    expect(await publisher.exited).toBe(0);
    using client = await connectClient(successor.url);
    await client.receive('quote', 10);
  });
});
