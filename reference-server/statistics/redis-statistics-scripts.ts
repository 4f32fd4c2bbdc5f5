import { redisScript } from '../backend/redis-script.ts';

/** Where the shared statistics live; every script is given the first four. */
export const statisticsKeys = {
  counters: '{ws-perf-gate}:statistics:counters',
  newestMicros: '{ws-perf-gate}:statistics:newest-micros',
  instanceExpiries: '{ws-perf-gate}:instances:expiries',
  instanceOpen: '{ws-perf-gate}:instances:open',
  lastBatchOf: (instance: string): string => `{ws-perf-gate}:instances:last-batch:${instance}`,
} as const;

// Instances that stopped reporting are forgotten, so that a killed one leaves no connections behind. `period` names the
// time since the last reset; it is made from the clock, so that no two are alike even when Redis lost everything between.
const prelude = `
local counters, micros, expiries, open = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function whole(number) return string.format('%.0f', number) end
local function counter(name) return tonumber(redis.call('HGET', counters, name) or '0') end
for _, instance in ipairs(redis.call('ZRANGEBYSCORE', expiries, '-inf', whole(now))) do
  redis.call('ZREM', expiries, instance)
  redis.call('HDEL', open, instance)
end
local function open_now()
  local sum = 0
  for _, count in ipairs(redis.call('HVALS', open)) do sum = sum + tonumber(count) end
  return sum
end
local period = redis.call('HGET', counters, 'period')
if not period then
  period = whole(now)
  redis.call('HSET', counters, 'period', period)
end
`;

/**
 * Adds a batch, once even if it is sent again, and answers the period in which its attempts were counted.
 * ARGV: instance, open now, most open since the last batch, lifetime in ms, batch number, attempts, tallies as JSON.
 */
export const recordScript = redisScript(
  'record_statistics',
  `${prelude}
local instance, openHere, mostOpenHere = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZADD', expiries, whole(now + tonumber(ARGV[4])), instance)
redis.call('HSET', open, instance, ARGV[2])
local mostOpen = open_now() - openHere + mostOpenHere
if mostOpen > counter('mostOpen') then redis.call('HSET', counters, 'mostOpen', whole(mostOpen)) end
if tonumber(redis.call('GET', KEYS[5]) or '0') >= tonumber(ARGV[5]) then return period end
redis.call('SET', KEYS[5], ARGV[5], 'PX', 3600000)
redis.call('HINCRBY', counters, 'attempts', ARGV[6])
for _, tally in ipairs(cjson.decode(ARGV[7])) do
  if tally.period == '' or tally.period == period then
    redis.call('HINCRBY', counters, 'failed', whole(tally.failed))
    if tally.opened > 0 then
      if counter('opened') == 0 or tally.minMicros < counter('minMicros') then
        redis.call('HSET', counters, 'minMicros', whole(tally.minMicros))
      end
      if tally.maxMicros > counter('maxMicros') then redis.call('HSET', counters, 'maxMicros', whole(tally.maxMicros)) end
      if tally.lastOpenedAtMs > counter('lastOpenedAtMs') then
        redis.call('HSET', counters, 'lastOpenedAtMs', whole(tally.lastOpenedAtMs))
      end
      redis.call('HINCRBY', counters, 'opened', whole(tally.opened))
      redis.call('HINCRBY', counters, 'sumMicros', whole(tally.sumMicros))
      for _, value in ipairs(tally.newestMicros) do redis.call('RPUSH', micros, whole(value)) end
    end
  end
end
redis.call('LTRIM', micros, -1000, -1)
return period`,
);

/** Answers open now, the counters as name and value in turn, and the newest times. */
export const readScript = redisScript(
  'read_statistics',
  `${prelude}
return { open_now(), redis.call('HGETALL', counters), redis.call('LRANGE', micros, 0, -1) }`,
);

/** Starts a new period. */
export const resetScript = redisScript(
  'reset_statistics',
  `${prelude}
redis.call('DEL', counters, micros)
redis.call('HSET', counters, 'period', whole(math.max(now, tonumber(period) + 1)), 'mostOpen', whole(open_now()))
return 1`,
);

/** Forgets an instance that ends. ARGV: instance. */
export const leaveScript = redisScript(
  'leave_statistics',
  `${prelude}
redis.call('ZREM', expiries, ARGV[1])
redis.call('HDEL', open, ARGV[1])
redis.call('DEL', KEYS[5])
return 1`,
);
