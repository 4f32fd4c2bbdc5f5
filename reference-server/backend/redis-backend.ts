import { randomUUID } from 'node:crypto';
import { RedisQuoteFeed } from '../quotes/redis-quote-feed.ts';
import { RedisStatistics } from '../statistics/redis-statistics.ts';
import type { Backend, StoreUsage } from './backend.ts';
import { RedisLink, type RedisLinkOptions } from './redis-link.ts';

const readUsage = async (link: RedisLink): Promise<StoreUsage> => {
  const [keys, memory] = await Promise.all([
    link.looked('dbsize', (client) => client.dbsize()),
    link.looked('info', (client) => client.info('memory')),
  ]);
  return { keys, memoryBytes: Number(/^used_memory:(?<bytes>\d+)/mu.exec(memory)?.groups?.['bytes']) };
};

/** Keeps everything in Redis. Resolves also when Redis does not answer yet; it is used as soon as it does. */
export const openRedisBackend = async (
  options: RedisLinkOptions & { readonly instanceId: string },
): Promise<Backend> => {
  const link = new RedisLink(options);
  // An instance that restarts under its old name must not be taken for the one that went.
  const incarnation = `${options.instanceId}:${randomUUID()}`;
  const statistics = new RedisStatistics(link, incarnation);
  const quotes = new RedisQuoteFeed(link, incarnation);
  await link.isReady();
  return {
    kind: 'redis',
    quotes,
    statistics,
    circuit: () => link.circuit,
    checkHealth: async () => {
      try {
        await link.ping();
        // Quotes come over a connection of their own, which may return a little later.
        const reason = link.isListening ? link.refusal : 'the quote feed is not subscribed';
        return reason === null ? { status: 'ok' } : { status: 'unavailable', reason: `redis: ${reason}` };
      } catch (error) {
        return {
          status: 'unavailable',
          reason: `redis: ${error instanceof Error ? error.message : String(error)}`,
        };
      }
    },
    usage: () => readUsage(link).catch(() => null),
    close: async () => {
      await statistics.leave().catch((error: unknown) => {
        options.logger.warn({ err: error }, 'the final statistics could not be stored');
      });
      link.close();
    },
  };
};
