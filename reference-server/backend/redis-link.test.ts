import { expect, it } from 'vitest';
import { createLogger } from '../log.ts';
import { describeWithRedis, startPrivateRedis } from '../testing/private-redis.ts';
import { quietLink } from '../testing/quiet-link.ts';
import { until } from '../testing/until.ts';
import { RedisLink } from './redis-link.ts';

const logger = createLogger({ level: 'silent', instanceId: 'test' });

const openLink = async (url: string): Promise<RedisLink> => {
  const link = new RedisLink({ ...quietLink, url, logger });
  await until(
    () => link.isReady(),
    (isReady) => isReady,
  );
  return link;
};

/** Holds this whole process up, as a suspended machine does. */
const holdUp = (durationMs: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, durationMs);

describeWithRedis('a link to Redis', { timeout: 60_000 }, () => {
  it('does not blame Redis for a time in which this process itself was held up', async () => {
    await using redis = await startPrivateRedis();
    const link = await openLink(redis.url);
    const reply = link.ping();
    holdUp(5_500);
    await expect(reply).resolves.toBeUndefined();
    link.close();
  });

  it('says why it can not reach Redis', async () => {
    const redis = await startPrivateRedis();
    const link = await openLink(redis.url);
    await redis.kill();
    const reasonOf = (): Promise<string> =>
      link.ping().then(
        () => '',
        (error: unknown) => String(error),
      );
    expect(await until(reasonOf, (reason) => reason.includes('ECONNREFUSED'))).toContain(String(redis.port));
    link.close();
  });

  it('listens again after Redis was away', async () => {
    const redis = await startPrivateRedis();
    const link = await openLink(redis.url);
    const heard: string[] = [];
    await link.listen('news', (message) => heard.push(message));
    expect(link.isListening).toBe(true);
    await redis.kill();
    await until(
      () => link.isListening,
      (isListening) => !isListening,
    );
    await using restarted = await startPrivateRedis({ port: redis.port });
    expect(restarted.url).toBe(redis.url);
    await until(
      () => link.isListening,
      (isListening) => isListening,
    );
    await until(
      () =>
        link.ping().then(
          () => true,
          () => false,
        ),
      (isBack) => isBack,
    );
    await link.timed('publish', (client) => client.publish('news', 'hello'));
    await until(
      () => heard,
      (messages) => messages.includes('hello'),
    );
    link.close();
  });
});
