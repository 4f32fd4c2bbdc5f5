import { describe, expect, it } from 'vitest';
import { connectClient, type MarketClient } from '../testing/market-client.ts';
import { describeWithRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { startTestServer } from '../testing/start-test-server.ts';

const feed = { symbols: ['AAPL', 'MSFT', 'TSLA'], quotesPerSecond: 1_000 };

/** Asserts that snapshot and quotes together count up by one per symbol, without a gap or a repeat. */
const expectContinuity = (client: MarketClient): void => {
  const last = new Map<string, number>();
  for (const { symbol, sequence } of client.ofType('snapshot')[0]?.quotes ?? []) last.set(symbol, sequence);
  for (const { symbol, sequence } of client.ofType('quote')) {
    const previous = last.get(symbol);
    if (previous !== undefined) expect(sequence).toBe(previous + 1);
    last.set(symbol, sequence);
  }
  expect(last.size).toBe(feed.symbols.length);
};

const connectOneAfterAnother = async (urls: readonly string[]): Promise<void> => {
  const clients: MarketClient[] = [];
  for (let count = 0; count < 25; count += 1) {
    clients.push(await connectClient(urls[count % urls.length] ?? ''));
  }
  for (const client of clients) await client.receive('quote', 60);
  for (const client of clients) {
    expectContinuity(client);
    client.socket.terminate();
  }
};

describe('snapshot and quotes are continuous for clients that arrive while quotes are published', () => {
  it('from memory', { timeout: 60_000 }, async () => {
    await using server = await startTestServer(feed);
    await connectOneAfterAnother([server.url]);
  });

  describeWithRedis('from Redis', () => {
    it('through the publishing instance and another', { timeout: 60_000 }, async () => {
      await using redis = await startPrivateRedis();
      await using one = await startTestServer({ ...feed, redisUrl: redis.url });
      await using two = await startTestServer({ ...feed, redisUrl: redis.url });
      await connectOneAfterAnother([one.url, two.url]);
    });
  });
});
