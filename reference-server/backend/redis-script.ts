import { createHash } from 'node:crypto';

/** A Lua script that Redis runs atomically. */
export interface RedisScript {
  readonly name: string;
  readonly lua: string;
  readonly sha1: string;
}

/** Names a Lua script, so that it is sent once and called by its hash. */
export const redisScript = (name: string, lua: string): RedisScript => ({
  name,
  lua,
  sha1: createHash('sha1').update(lua).digest('hex'),
});
