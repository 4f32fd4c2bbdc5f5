import { queryObjects } from 'node:v8';
import { expect, it } from 'vitest';
import { openRedisBackend } from '../backend/redis-backend.ts';
import { createLogger } from '../log.ts';
import { describeWithRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { quietLink } from '../testing/quiet-link.ts';
import type { PendingAttempt } from './connection-statistics.ts';
import { StatisticsBatch } from './statistics-batch.ts';

it('tells outcomes apart by the period in which their attempts arrived', () => {
  const [first, second] = [new StatisticsBatch(1, 0), new StatisticsBatch(2, 0)];
  first.arrival.period = '17';
  second.tallyFor(first.arrival).addFailure();
  second.tallyFor(second.arrival).addOpening(1, 5);
  expect(JSON.parse(second.encodeTallies())).toMatchObject([
    { period: '17', failed: 1, opened: 0 },
    { period: '', failed: 0, opened: 1 },
  ]);
});

describeWithRedis('with Redis', () => {
  it('batches are let go of though each attempt ends in the batch after the one in which it arrived', async () => {
    await using redis = await startPrivateRedis();
    const backend = await openRedisBackend({
      url: redis.url,
      instanceId: 'batches',
      logger: createLogger({ level: 'silent', instanceId: 'batches' }),
      ...quietLink,
    });
    const held: PendingAttempt[] = [];
    for (let count = 0; count < 50; count += 1) {
      held.push(backend.statistics.attemptArrived());
      await backend.statistics.read();
      held.at(-1)?.opened(1);
    }
    expect(await backend.statistics.read()).toMatchObject({ attempts: 50, opened: 50, openNow: 50 });
    // Collects garbage first. The prototype counts as one of them.
    expect(queryObjects(StatisticsBatch, { format: 'count' })).toBeLessThan(10);
    expect(held).toHaveLength(50);
    await backend.close();
  });
});
