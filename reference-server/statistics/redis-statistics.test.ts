import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openRedisBackend } from '../backend/redis-backend.ts';
import { createLogger } from '../log.ts';
import { describeWithRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { quietLink } from '../testing/quiet-link.ts';

/** Far more than one reading takes, however slow the machine. */
const mostTurns = 200_000;

describeWithRedis('statistics in Redis', () => {
  it('are answered though there is something new to count in every turn of the event loop', async () => {
    await using redis = await startPrivateRedis();
    const backend = await openRedisBackend({
      url: redis.url,
      instanceId: 'busy',
      logger: createLogger({ level: 'silent', instanceId: 'busy' }),
      ...quietLink,
    });
    const { statistics } = backend;
    for (let count = 0; count < 10; count += 1) statistics.attemptArrived().failed();
    const read = { isOver: false };
    const reading = statistics.read().finally(() => (read.isOver = true));
    let turns = 0;
    for (; turns < mostTurns && !read.isOver; turns += 1) {
      statistics.attemptArrived().failed();
      await nextTurn();
    }
    expect((await reading).failed).toBeGreaterThanOrEqual(10);
    expect(turns).toBeLessThan(mostTurns);
    expect(await statistics.read()).toMatchObject({ attempts: 10 + turns, failed: 10 + turns });
    await backend.close();
  });
});
