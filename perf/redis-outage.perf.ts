import {
  atLeast,
  atMost,
  below,
  connectSuccess,
  countDifferences,
  expect,
  hold,
  inEveryWindow,
  initialMessages,
  messageGap,
  messagesReceived,
  msFromSeconds,
  pingEvery,
  pingsAnswered,
  quotesLost,
  quotesToEveryClient,
  readyTime,
  roundTripTime,
  stableConnections,
  test,
  type BreakableRedis,
  type Fault,
  type Outage,
  type Run,
  type ScenarioFixtures,
  type Threshold,
} from './scenario.ts';

const connections = 150;
const resumesWithinSeconds = 3;
const pauses = { afterSeconds: 2, lastingSeconds: 4, betweenSeconds: 5 };
/** One arrives each 0.1 s while Redis comes and goes; then all are held until the feed must be back for good. */
const clients = hold({
  connections,
  delaySeconds: 0.1,
  holdSeconds: 12,
  // By protocol frames, so that every message is one of the feed or of the greeting.
  whileOpen: pingEvery({ everySeconds: 0.5, via: 'frame' }),
});

const lengthMs = ({ brokenAt, mendedAt }: Outage): number => mendedAt.getTime() - brokenAt.getTime();

/** What holds throughout: the server needs Redis for the feed and the counts alone, and has both again soon after. */
const promises = (outages: readonly Outage[]): readonly Threshold[] => {
  const longestSeconds = Math.ceil(Math.max(...outages.map(lengthMs)) / 100) / 10 + resumesWithinSeconds;
  return [
    atLeast(connectSuccess, 'ratio', 1),
    atLeast(initialMessages, 'ratio', 1),
    inEveryWindow({ seconds: 4 }, below(readyTime, 'p50', 250)),
    atLeast(stableConnections, 'ratio', 1),
    atLeast(pingsAnswered, 'ratio', 1),
    inEveryWindow({ seconds: 2 }, below(roundTripTime, 'p95', 100)),
    atMost(messageGap, 'max', msFromSeconds(longestSeconds)),
    // The gap that does not end is none: of 20 quotes a second each client hears some.
    inEveryWindow({ seconds: Math.ceil(longestSeconds) + 1 }, atLeast(messagesReceived, 'perConnection', 10)),
    atLeast(quotesToEveryClient, 'ratio', 1),
    atMost(quotesLost, 'count', 0),
    atMost(countDifferences, 'count', 0),
  ];
};

/** Open connections by Redis' own count, of each instance. */
const openBy = async (redis: BreakableRedis): Promise<readonly number[]> =>
  ((await redis.ask('HVALS', '{ws-perf-gate}:instances:open')) as string[]).map(Number);

/** All connections by Redis' own count: arrived, opened and failed. */
const totalsBy = async (redis: BreakableRedis): Promise<readonly number[]> => {
  const key = '{ws-perf-gate}:statistics:counters';
  return ((await redis.ask('HMGET', key, 'attempts', 'opened', 'failed')) as (string | null)[]).map(Number);
};

/** Breaks Redis under a load in one way after the other, and judges the load. */
const outlive = async (
  { load, needs, redis, breakInTurn }: Pick<ScenarioFixtures, 'load' | 'needs' | 'redis' | 'breakInTurn'>,
  breaks: Readonly<Record<string, () => Promise<Fault>>>,
): Promise<{ readonly run: Run; readonly outages: readonly Outage[] }> => {
  needs('marketDataFeed', 'monitoring');
  let outages: readonly Outage[] = [];
  let openMeanwhile: readonly number[] = [];
  const meanwhile = async (): Promise<void> => {
    outages = await breakInTurn(breaks, pauses);
    // What it came to is judged after the load, beside everything else.
    await expect
      .poll(() => openBy(redis), { timeout: 5_000 })
      .toEqual([connections])
      .catch(() => undefined);
    openMeanwhile = await openBy(redis);
  };
  const run = await load(clients, { meanwhile, isGraded: false });
  expect(run).toMeet(...promises(outages));
  if (run.validity.conclusive) {
    const { attempted, successful, failed } = run.counts;
    expect([openMeanwhile, await openBy(redis)]).toEqual([[successful], [0]]);
    expect(await totalsBy(redis)).toEqual([attempted, successful, failed]);
    expect(run.server.statisticsAfter).toMatchObject({
      total_connections: attempted,
      failed_connections: failed,
      current_connections: 0,
    });
  }
  return { run, outages };
};

/** Messages that all clients together received in an outage. */
const receivedDuring = ({ timeline, startedAt }: Run, { brokenAt, mendedAt }: Outage): number => {
  const until = (moment: Date): number =>
    timeline.findLast(({ atMs }) => startedAt.getTime() + atMs <= moment.getTime())?.messages ?? 0;
  return until(mendedAt) - until(brokenAt);
};

test.describe('a Redis that is reached straight', () => {
  test.override({ serverInstances: 1, serverRedis: 'breakable' });

  test(
    'may die or stand still: connections, round trips and arrivals go on, the feed is back within 3 s, and all counts are right',
    { tags: ['slow', 'resilience'] },
    async ({ load, needs, redis, breakInTurn }) => {
      await outlive(
        { load, needs, redis, breakInTurn },
        { 'standing still': () => redis.pause(), dead: () => redis.kill() },
      );
    },
  );
});

test.describe('a Redis behind a line', () => {
  test.override({ serverInstances: 1, serverRedis: 'proxied' });

  test(
    'may be cut off or too slow to wait for: connections, round trips and arrivals go on, the feed is back within 3 s, and all counts are right',
    { tags: ['slow', 'resilience'] },
    async ({ load, needs, redis, breakInTurn }) => {
      await outlive(
        { load, needs, redis, breakInTurn },
        { 'cut off': () => redis.line.cut(), 'too slow': () => redis.line.delay(600) },
      );
    },
  );

  test(
    'may be slow, which the feed outlives as well, or full: connections, round trips and arrivals go on, the feed is back within 3 s, and all counts are right',
    { tags: ['slow', 'resilience'] },
    async ({ load, needs, redis, breakInTurn }) => {
      const { run, outages } = await outlive(
        { load, needs, redis, breakInTurn },
        { slow: () => redis.line.delay(50), full: () => redis.fill() },
      );
      const [slow] = outages;
      // Some 20 clients were there before, and half of the feed's 20 quotes a second would be enough.
      if (run.validity.conclusive && slow !== undefined)
        expect(receivedDuring(run, slow)).toBeGreaterThan(20 * pauses.lastingSeconds * 10);
    },
  );
});
