import type { RedisLinkOptions } from '../backend/redis-link.ts';
import { defaultSettings } from '../settings/settings.ts';

/** A link to Redis as a server has it by default, reporting to nobody. */
export const quietLink: Omit<RedisLinkOptions, 'url' | 'logger'> = {
  onCommand: () => undefined,
  circuit: {
    failures: defaultSettings.redisCircuitFailures,
    openMs: defaultSettings.redisCircuitOpenMs,
    onChange: () => undefined,
  },
  answerMs: defaultSettings.redisAnswerMs,
  reconnects: true,
};
