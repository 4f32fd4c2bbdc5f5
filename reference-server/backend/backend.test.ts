import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import type { Quote, QuoteDraft } from '../quotes/quote.ts';
import { describeWithRedis, startPrivateRedis, type PrivateRedis } from '../testing/private-redis.ts';
import { quietLink } from '../testing/quiet-link.ts';
import { until } from '../testing/until.ts';
import type { Backend } from './backend.ts';
import { openMemoryBackend } from './memory-backend.ts';
import { openRedisBackend } from './redis-backend.ts';

const logger = createLogger({ level: 'silent', instanceId: 'test' });
const draft = (symbol: string, price: number): QuoteDraft => ({
  symbol,
  price,
  publishedAt: 1_640_995_200_123,
});

/** What every backend promises, wherever it keeps things. */
const itIsABackend = (open: () => Promise<Backend>): void => {
  let backend: Backend;
  beforeEach(async () => {
    backend = await open();
    return () => backend.close();
  });

  it('is healthy once it hears its feed', async () => {
    await backend.quotes.listen(() => undefined);
    expect(await backend.checkHealth()).toEqual({ status: 'ok' });
  });

  it('has counted nothing at first', async () => {
    expect(await backend.statistics.read()).toEqual({
      attempts: 0,
      failed: 0,
      opened: 0,
      openNow: 0,
      mostOpen: 0,
      sumMicros: 0,
      minMicros: 0,
      maxMicros: 0,
      lastOpenedAtMs: 0,
      newestMicros: [],
    });
  });

  it('adds up what it is told', async () => {
    const { statistics } = backend;
    const [first, second, third, fourth] = Array.from({ length: 4 }, () => statistics.attemptArrived());
    expect(await statistics.read()).toMatchObject({ attempts: 4, failed: 0, opened: 0 });
    const beforeMs = Date.now();
    const connection = first?.opened(0.25);
    second?.opened(2.5);
    third?.failed();
    connection?.closed();
    fourth?.opened(1);
    const counts = await statistics.read();
    expect(counts).toMatchObject({
      attempts: 4,
      failed: 1,
      opened: 3,
      openNow: 2,
      mostOpen: 2,
      sumMicros: 3_750,
      minMicros: 250,
      maxMicros: 2_500,
      newestMicros: [250, 2_500, 1_000],
    });
    expect(counts.lastOpenedAtMs).toBeGreaterThanOrEqual(beforeMs);
  });

  it('keeps the newest 1,000 times and the extremes of all', async () => {
    const { statistics } = backend;
    for (let micros = 1; micros <= 1_500; micros += 1) {
      statistics
        .attemptArrived()
        .opened(micros / 1_000)
        .closed();
      if (micros % 300 === 0) await statistics.read();
    }
    const counts = await statistics.read();
    expect(counts.newestMicros).toEqual(Array.from({ length: 1_000 }, (_, index) => index + 501));
    expect(counts).toMatchObject({
      opened: 1_500,
      minMicros: 1,
      maxMicros: 1_500,
      sumMicros: (1_500 * 1_501) / 2,
    });
  });

  it('starts anew on a reset, with open connections still open', async () => {
    const { statistics } = backend;
    statistics.attemptArrived().opened(1);
    statistics.attemptArrived().opened(1).closed();
    statistics.attemptArrived().failed();
    await statistics.reset();
    expect(await statistics.read()).toEqual({
      attempts: 0,
      failed: 0,
      opened: 0,
      openNow: 1,
      mostOpen: 1,
      sumMicros: 0,
      minMicros: 0,
      maxMicros: 0,
      lastOpenedAtMs: 0,
      newestMicros: [],
    });
  });

  it('does not count the outcome of an attempt from before a reset', async () => {
    const { statistics } = backend;
    const [first, second] = [statistics.attemptArrived(), statistics.attemptArrived()];
    await statistics.reset();
    first.failed();
    second.opened(1);
    statistics.attemptArrived().failed();
    expect(await statistics.read()).toMatchObject({
      attempts: 1,
      failed: 1,
      opened: 0,
      openNow: 1,
      mostOpen: 1,
    });
  });

  it('numbers quotes per symbol, tells its listener, and keeps the newest', async () => {
    const heard: Quote[] = [];
    await backend.quotes.listen((quotes) => heard.push(...quotes));
    expect(await backend.quotes.newestQuotes()).toEqual([]);
    expect(await backend.quotes.holdLease()).toBe(true);
    expect(await backend.quotes.publish([draft('AAPL', 1.25), draft('MSFT', 300)])).toMatchObject([
      { symbol: 'AAPL', sequence: 1 },
      { symbol: 'MSFT', sequence: 1 },
    ]);
    expect(await backend.quotes.publish([draft('AAPL', 1.3)])).toMatchObject([{ sequence: 2 }]);
    await until(
      () => heard.length,
      (count) => count === 3,
    );
    const [{ epoch }] = heard as [Quote];
    const expected = [
      { ...draft('AAPL', 1.25), sequence: 1, epoch },
      { ...draft('MSFT', 300), sequence: 1, epoch },
      { ...draft('AAPL', 1.3), sequence: 2, epoch },
    ];
    expect(heard).toEqual(expected);
    const newest = await backend.quotes.newestQuotes();
    expect(newest.toSorted((a, b) => a.price - b.price)).toEqual([expected[2], expected[1]]);
  });

  it('may hold its lease again and again, and give it back', async () => {
    await backend.quotes.listen(() => undefined);
    expect([await backend.quotes.holdLease(), await backend.quotes.holdLease()]).toEqual([true, true]);
    await backend.quotes.releaseLease();
    expect(await backend.quotes.holdLease()).toBe(true);
  });
};

describe('the memory backend', () => {
  itIsABackend(() => Promise.resolve(openMemoryBackend()));
});

describeWithRedis('the Redis backend', () => {
  let redis: PrivateRedis;
  beforeAll(async () => {
    redis = await startPrivateRedis();
  });
  afterAll(() => redis.kill());

  let database = 0;
  const open = (): Promise<Backend> =>
    openRedisBackend({
      url: `${redis.url}/${database}`,
      instanceId: 'test',
      logger,
      ...quietLink,
    });

  describe('alone', () => {
    // Channels are common to all databases of a Redis, but here nobody else listens.
    itIsABackend(() => {
      database += 1;
      return open();
    });
  });

  describe('shared', () => {
    let one: Backend;
    let two: Backend;
    beforeEach(async () => {
      database += 1;
      [one, two] = await Promise.all([open(), open()]);
      await Promise.all([one.quotes.listen(() => undefined), two.quotes.listen(() => undefined)]);
      return () => Promise.all([one.close(), two.close()]);
    });

    it('adds up what two instances count, the most open at once included', async () => {
      one.statistics.attemptArrived().opened(1);
      const leaving = one.statistics.attemptArrived().opened(3);
      await one.statistics.read();
      two.statistics.attemptArrived().opened(2);
      two.statistics.attemptArrived().failed();
      await two.statistics.read();
      leaving.closed();
      await one.statistics.read();
      const expected = {
        attempts: 4,
        failed: 1,
        opened: 3,
        openNow: 2,
        mostOpen: 3,
        sumMicros: 6_000,
        minMicros: 1_000,
        maxMicros: 3_000,
        newestMicros: [1_000, 3_000, 2_000],
      };
      expect(await one.statistics.read()).toMatchObject(expected);
      expect(await two.statistics.read()).toMatchObject(expected);
    });

    it('does not count an attempt that another instance reset away as failed', async () => {
      const attempt = one.statistics.attemptArrived();
      await one.statistics.read();
      await two.statistics.reset();
      attempt.failed();
      expect(await one.statistics.read()).toMatchObject({ attempts: 0, failed: 0 });
    });

    it('keeps what was counted while Redis did not answer, and counts it once', async () => {
      redis.freeze();
      one.statistics.attemptArrived().opened(1);
      await expect(one.statistics.read()).rejects.toThrow('did not answer within 1000 ms');
      one.statistics.attemptArrived().failed();
      redis.thaw();
      const counts = await until(
        () => one.statistics.read().catch(() => undefined),
        (read) => read?.attempts === 2,
      );
      expect(counts).toMatchObject({ failed: 1, opened: 1, openNow: 1, newestMicros: [1_000] });
    });

    it('takes an instance that closes off the list', async () => {
      one.statistics.attemptArrived().opened(1);
      await one.statistics.read();
      await one.close();
      expect(await two.statistics.read()).toMatchObject({ attempts: 1, openNow: 0, mostOpen: 1 });
    });

    it('ignores what is no quote on the channel', async () => {
      await using other = await startPrivateRedis();
      const backend = await openRedisBackend({
        url: other.url,
        instanceId: 'x',
        logger,
        ...quietLink,
      });
      const heard: Quote[] = [];
      await backend.quotes.listen((quotes) => heard.push(...quotes));
      const stranger = new Redis(other.url);
      for (const message of ['nonsense', '{}', '[1,null,{"symbol":"AAPL"}]']) {
        await stranger.publish('{ws-perf-gate}:quotes', message);
      }
      await backend.quotes.holdLease();
      await backend.quotes.publish([draft('AAPL', 1)]);
      await until(
        () => heard.length,
        (count) => count > 0,
      );
      expect(heard).toMatchObject([{ symbol: 'AAPL', sequence: 1 }]);
      stranger.disconnect();
      await backend.close();
    });

    it('tells what was published as its line was lost before it publishes anything else', async () => {
      await using other = await startPrivateRedis();
      const backend = await openRedisBackend({ ...quietLink, url: other.url, instanceId: 'x', logger });
      const heard: Quote[] = [];
      await backend.quotes.listen((quotes) => heard.push(...quotes));
      await backend.quotes.holdLease();
      await backend.quotes.publish([draft('AAPL', 1)]);
      const [first] = await until(
        () => heard,
        ({ length }) => length === 1,
      );
      const operator = new Redis(other.url);
      await operator.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
      const missed = { ...first, sequence: 2, price: 2 };
      await operator.hset('{ws-perf-gate}:quotes:newest', 'AAPL', JSON.stringify(missed));
      await operator.hset('{ws-perf-gate}:quotes:counters', 'sequence:AAPL', 2);
      operator.disconnect();
      await until(
        async () => (await backend.quotes.holdLease()) && heard.length > 1,
        (hasHeard) => hasHeard,
      );
      await backend.quotes.publish([draft('AAPL', 3)]);
      await until(
        () => heard.length,
        (count) => count > 2,
      );
      expect(heard.map(({ sequence, price }) => [sequence, price])).toEqual([
        [1, 1],
        [2, 2],
        [3, 3],
      ]);
      await backend.close();
    });

    it('lets one instance at a time publish', async () => {
      expect([await one.quotes.holdLease(), await two.quotes.holdLease()]).toEqual([true, false]);
      expect(await two.quotes.publish([draft('AAPL', 1)])).toBeNull();
      expect(await two.quotes.newestQuotes()).toEqual([]);
      await two.quotes.releaseLease();
      expect(await one.quotes.publish([draft('AAPL', 1)])).toHaveLength(1);
      await one.quotes.releaseLease();
      expect([await two.quotes.holdLease(), await one.quotes.holdLease()]).toEqual([true, false]);
      await two.quotes.publish([draft('AAPL', 2)]);
      expect(await one.quotes.newestQuotes()).toMatchObject([{ price: 2, sequence: 2 }]);
    });
  });
});
