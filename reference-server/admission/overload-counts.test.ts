import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { statisticsKeys } from '../statistics/redis-statistics-scripts.ts';
import { connectClient } from '../testing/market-client.ts';
import { describeWithRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { readMetric, readStats } from '../testing/read-stats.ts';
import { startTestServer } from '../testing/start-test-server.ts';
import { until } from '../testing/until.ts';

const limit = 30;
const offered = 3 * limit;

const attemptsEndedAs = (url: string, outcome: string): Promise<number> =>
  readMetric(url, `websocket_connection_attempts_total{outcome="${outcome}"}`);

/** What the server itself counted. */
const countsOfServer = async (url: string) => {
  const [opened, refused] = [await attemptsEndedAs(url, 'opened'), await attemptsEndedAs(url, 'overloaded')];
  const openNow = await readMetric(url, 'websocket_connections_open');
  return { attempts: opened + refused, opened, failed: refused, openNow };
};

/** What stands in Redis. */
const countsInRedis = async (redis: Redis) => {
  const counters = await redis.hgetall(statisticsKeys.counters);
  const open = await redis.hvals(statisticsKeys.instanceOpen);
  return {
    attempts: Number(counters['attempts']),
    opened: Number(counters['opened']),
    failed: Number(counters['failed'] ?? 0),
    openNow: open.reduce((sum, count) => sum + Number(count), 0),
  };
};

describeWithRedis('after a rush of three times as many clients as there is room for', () => {
  it('server, Redis and clients have counted exactly the same, and so they have when all have left', async () => {
    await using redis = await startPrivateRedis();
    await using server = await startTestServer({ redisUrl: redis.url, maxConnections: limit });
    const inspector = new Redis(redis.url);
    const arrivals = await Promise.allSettled(
      Array.from({ length: offered }, () => connectClient(server.url)),
    );
    const inside = arrivals.flatMap((arrival) => (arrival.status === 'fulfilled' ? [arrival.value] : []));
    const refusals = arrivals.flatMap((arrival) =>
      arrival.status === 'rejected' ? [String(arrival.reason)] : [],
    );
    expect(new Set(refusals)).toEqual(new Set(['Error: Unexpected server response: 503']));
    expect(inside).toHaveLength(limit);

    const expectAgreement = async (openNow: number): Promise<void> => {
      // Asking has the server report what it has counted since.
      const stats = await until(
        () => readStats(server.url),
        ({ current_connections }) => current_connections === openNow,
      );
      expect(stats).toMatchObject({
        total_connections: offered,
        failed_connections: refusals.length,
        max_concurrent_connections: limit,
      });
      const counts = { attempts: offered, opened: inside.length, failed: refusals.length, openNow };
      expect(await countsOfServer(server.url)).toEqual(counts);
      expect(await countsInRedis(inspector)).toEqual(counts);
    };
    await expectAgreement(limit);
    expect(inside.map(({ socket }) => socket.readyState)).toEqual(inside.map(({ socket }) => socket.OPEN));
    for (const { socket } of inside) socket.close();
    await expectAgreement(0);
    inspector.disconnect();
  });
});
