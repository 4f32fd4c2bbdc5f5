import { describe, expect, test } from 'vitest';
import type { ConnectionAttempt, FailedAttempt } from '../connection/attempt.ts';
import { failureOf } from '../connection/classify-failure.ts';
import type { FailureReason } from '../connection/failure.ts';
import { pingLoop } from '../load/behaviour.ts';
import { hold, ramp, type LoadProfile } from '../load/profile.ts';
import { reconnectStorm } from '../load/reconnect-storm.ts';
import type { LoadResult } from '../load/run-load.ts';
import type { SelfReport } from '../load/self-watch.ts';
import { calmSelfReport } from '../load/testing/calm-self-report.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { TrendSamples } from '../metrics/samples.ts';
import type { ServerSample } from '../record/run-record.ts';
import { checkValidity } from './check-validity.ts';

const trendOf = (figures: { readonly mean: number; readonly p95: number }): TrendSamples => ({
  ...new Distribution().samples(),
  count: 1,
  ...figures,
});

interface Given {
  readonly reports?: readonly SelfReport[];
  readonly profile?: LoadProfile;
  readonly connectTime?: { readonly mean: number; readonly p95: number };
  readonly roundTripP95Ms?: number;
  readonly quoteLatencyP95Ms?: number;
  readonly stepTimeP95Ms?: number;
  readonly subscribeTimeP95Ms?: number;
  readonly attempts?: readonly ConnectionAttempt[];
  readonly sourceAddresses?: readonly string[];
  readonly server?: readonly ServerSample[];
}

const listening = hold({ connections: 20, holdSeconds: 1 });

const failed = (reason: FailureReason): FailedAttempt => ({
  index: 0,
  dueAtMs: 0,
  outcome: 'failed',
  startedAtMs: 0,
  failedAtMs: 1,
  failure: failureOf(reason),
});

/** An attempt that started so long after it was due. */
const started = (dueAtMs: number, lagMs: number, retry?: number): ConnectionAttempt => ({
  ...failed('refused'),
  dueAtMs,
  startedAtMs: dueAtMs + lagMs,
  failedAtMs: dueAtMs + lagMs + 1,
  ...(retry !== undefined && { retry }),
});

/** `count` attempts, one each `everyMs`, the n-th late by what `lagMs` says. */
const paced = (count: number, everyMs: number, lagMs: (index: number) => number): ConnectionAttempt[] =>
  Array.from({ length: count }, (_, index) => started(index * everyMs, lagMs(index)));

/** `count` attempts that are due at one moment and are started at 5,000 a second. */
const together = (count: number, dueAtMs: number): ConnectionAttempt[] =>
  Array.from({ length: count }, (_, index) => started(dueAtMs, index / 5));

const validityOf = (given: Given): ReturnType<typeof checkValidity> => {
  const { connectTime = { mean: 5, p95: 10 } } = given;
  const times = {
    roundTripTime: given.roundTripP95Ms,
    quoteLatency: given.quoteLatencyP95Ms,
    stepTime: given.stepTimeP95Ms,
    subscribeTime: given.subscribeTimeP95Ms,
  };
  const attempts = given.attempts ?? [failed('refused')];
  const result: Partial<LoadResult> = {
    sourceAddresses: given.sourceAddresses ?? [],
    grid: { warmUpMs: 0, slotMs: 1_000 },
    attempts,
    planned: attempts.filter(({ retry }) => retry === undefined).length,
    selfReports: given.reports ?? [calmSelfReport()],
    openingOverAtMs: 2_000,
  };
  return checkValidity(
    result as LoadResult,
    given.profile ?? listening,
    {
      connectTime: trendOf(connectTime),
      ...Object.fromEntries(
        Object.entries(times).flatMap(([name, p95]) =>
          p95 === undefined ? [] : [[name, trendOf({ mean: p95, p95 })]],
        ),
      ),
    },
    given.server,
  );
};

/** The names of what did not pass. */
const failing = (given: Given): readonly string[] =>
  validityOf(given).checks.flatMap(({ name, passed }) => (passed ? [] : [name]));

const observedOf = (given: Given, name: string): number | null | undefined =>
  validityOf(given).checks.find((check) => check.name === name)?.observed;

const opening = (overrides: Parameters<typeof calmSelfReport>[0]): Given => ({
  reports: [calmSelfReport(overrides)],
});
const wait = (figures: {
  readonly meanMs?: number;
  readonly p95Ms?: number;
}): NonNullable<SelfReport['opening']['wait']> => ({
  meanMs: 0.1,
  p95Ms: 0.5,
  p99Ms: 1,
  maxMs: 2,
  ...figures,
});
const slowServer = { mean: 100, p95: 110 };
const fast = (mean: number): typeof slowServer => ({ mean, p95: 2 * mean });
const burst = { started: 20, dueTogether: 19, plannedPerSecond: null };

test('a generator that nothing held up is trusted, and says of each check why and within which limit', () => {
  const { conclusive, checks } = validityOf({});
  expect(conclusive).toBe(true);
  for (const { name, limit, reason, remedy } of checks) {
    expect(reason, name).toMatch(/\.$/u);
    if (limit !== null) expect(remedy, name).toMatch(/\.$/u);
  }
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
});

describe('each limit has two sides:', () => {
  test.for<[string, Given, Given]>([
    [
      'answers’ wait in the generator during the opening, mean',
      opening({ opening: { wait: wait({ meanMs: 2 }) } }),
      opening({ opening: { wait: wait({ meanMs: 2.01 }) } }),
    ],
    [
      'answers’ wait in the generator during the opening, p95',
      opening({ opening: { wait: wait({ p95Ms: 10 }) } }),
      opening({ opening: { wait: wait({ p95Ms: 10.1 }) } }),
    ],
    [
      'generator’s wait for a core during the opening',
      { ...opening({ opening: { coreWait: { ratio: 0.25 } } }), connectTime: slowServer },
      { ...opening({ opening: { coreWait: { ratio: 0.26 } } }), connectTime: slowServer },
    ],
    [
      'generator’s wait for a core during the opening',
      { ...opening({ opening: { coreWait: { ratio: 0.5 } } }), connectTime: fast(4) },
      { ...opening({ opening: { coreWait: { ratio: 0.5 } } }), connectTime: fast(4.2) },
    ],
    [
      'processor time taken by the host (steal)',
      opening({ hold: { stealRatio: 0.05 } }),
      opening({ hold: { stealRatio: 0.06 } }),
    ],
    [
      'longest pause for garbage collection',
      opening({ opening: { gc: { count: 1, longestMs: 50, totalMs: 50 } } }),
      opening({ opening: { gc: { count: 1, longestMs: 51, totalMs: 51 } } }),
    ],
    [
      'time spent on garbage collection',
      opening({ hold: { gc: { count: 50, longestMs: 3, totalMs: 150 } } }),
      opening({ hold: { gc: { count: 50, longestMs: 3, totalMs: 151 } } }),
    ],
    ['generator CPU', opening({ hold: { cpuRatio: 0.9 } }), opening({ hold: { cpuRatio: 0.91 } })],
    [
      'start lag p95',
      { attempts: paced(100, 100, (index) => (index >= 94 ? 100 : 0)) },
      { attempts: paced(100, 100, (index) => (index >= 94 ? 101 : 0)) },
    ],
    [
      'achieved of the planned rate',
      { attempts: paced(101, 10, (index) => index * 0.5) },
      { attempts: paced(101, 10, (index) => index * 0.6) },
    ],
    [
      'start lag of an agent’s first attempt',
      { reports: [calmSelfReport(), calmSelfReport({ firstStartLagMs: 50 })] },
      { reports: [calmSelfReport(), calmSelfReport({ firstStartLagMs: 50.1 })] },
    ],
    [
      'open files of those allowed',
      opening({ headroom: { openFilesRatio: 0.95 } }),
      opening({ headroom: { openFilesRatio: 0.96 } }),
    ],
    [
      'local ports of those there are',
      opening({ headroom: { mostOpen: 20_000 } }),
      opening({ headroom: { mostOpen: 20_001 } }),
    ],
    [
      'attempts started of planned',
      { attempts: [failed('refused')] },
      { attempts: [{ index: 0, dueAtMs: 0, outcome: 'not-started' }] },
    ],
    [
      'failures by this machine’s own limits',
      { attempts: [failed('refused')] },
      { attempts: [failed('local-limit')] },
    ],
  ])('%s', ([name, within, beyond]) => {
    expect(failing(within)).toEqual([]);
    expect(failing(beyond)).toEqual([name]);
    expect(validityOf(beyond).conclusive).toBe(false);
  });
});

test('the slower the server, the longer a wait that does not matter', () => {
  const connectTime = { mean: 1_000, p95: 2_000 };
  expect(
    failing({ ...opening({ opening: { wait: wait({ meanMs: 20, p95Ms: 200 }) } }), connectTime }),
  ).toEqual([]);
  expect(
    failing({ ...opening({ opening: { wait: wait({ meanMs: 21, p95Ms: 201 }) } }), connectTime }),
  ).toHaveLength(2);
});

test('one agent of several that was held up spoils the whole', () => {
  const reports = [
    calmSelfReport(),
    calmSelfReport({ opening: { coreWait: { ratio: 0.5 } } }),
    calmSelfReport(),
  ];
  expect(failing({ reports, connectTime: slowServer })).toEqual([
    'generator’s wait for a core during the opening',
  ]);
  const slow = paced(200, 10, (index) => (index % 2 === 0 ? 0 : index * 10));
  expect(observedOf({ attempts: slow }, 'achieved of the planned rate')).toBe(0.5);
});

test('a single agent that starts late shifts its load, and is not late', () => {
  expect(failing({ reports: [calmSelfReport({ firstStartLagMs: 500 })] })).toEqual([]);
});

test('ports count for all agents together, and not where they were assigned', () => {
  const reports = [
    calmSelfReport({ headroom: { mostOpen: 15_000 } }),
    calmSelfReport({ headroom: { mostOpen: 6_000 } }),
  ];
  expect(failing({ reports })).toEqual(['local ports of those there are']);
  expect(failing({ reports, sourceAddresses: ['127.0.0.2'] })).toEqual([]);
});

test('a burst uses all it can get and starts nothing late', () => {
  const reports = [calmSelfReport({ opening: { cpuRatio: 1.1 }, pacing: burst })];
  const attempts = together(5_000, 0);
  expect(failing({ reports, attempts })).toEqual([]);
  expect(observedOf({ reports, attempts }, 'start lag p95')).toBeNull();
  expect(observedOf({ reports }, 'generator CPU')).toBe(1.1);
});

test.for<[string, ConnectionAttempt[]]>([
  ['a spike on a base', [...paced(5_000, 1, () => 0.5), ...together(2_000, 5_000)]],
  [
    'a churn whose places are all taken at once, and whose first replacements come due meanwhile',
    [...together(5_000, 0), ...paced(9_000, 1, (index) => Math.max(0, 1_000 - index) + 0.3).slice(500)],
  ],
  [
    'a storm, whose tries to come back are no part of the plan',
    [
      ...paced(500, 10, () => 0.5),
      ...Array.from({ length: 500 }, (_, index) => started(6_000 + index / 100, 400, 1)),
    ],
  ],
])('what comes at one moment is not late, nor what waits behind it: %s', ([, attempts]) => {
  expect(failing({ attempts })).toEqual([]);
});

test('what the plan paces is late beside a burst as well', () => {
  const attempts = [...together(5_000, 0), ...paced(100, 100, () => 150).slice(20)];
  expect(failing({ attempts })).toEqual(['start lag p95']);
});

test.for<[string, LoadProfile]>([
  [
    'pings without a pause',
    ramp({ connections: 20, delaySeconds: 0.1, holdSeconds: 2, whileOpen: pingLoop() }),
  ],
  ['a reconnect storm', reconnectStorm({ connections: 20, cutAfterSeconds: 1 })],
])('%s may fill a core', ([, profile]) => {
  const busy = opening({ opening: { cpuRatio: 1 }, hold: { cpuRatio: 1 } });
  expect(failing({ ...busy, profile })).toEqual([]);
  expect(failing(busy)).toEqual(['generator CPU']);
});

test('a wait on open connections by which nothing was timed does not matter', () => {
  expect(failing({ reports: [calmSelfReport({ waitWhileOpen: wait({ p95Ms: 40 }) })] })).toEqual([]);
});

describe('messages that waited in the generator have no true times, and those alone:', () => {
  const pings = 'wait of answers to pings in the generator, p95';
  const steps = 'wait of messages of a conversation in the generator, p95';
  const subscriptions = 'wait of confirmations of a subscription in the generator, p95';
  const quotes = 'wait of messages that come by themselves in the generator, p95';
  test.for<[string, string, number, Given]>([
    [pings, 'roundTripTime', 5, { roundTripP95Ms: 1 }],
    [pings, 'roundTripTime', 15, { roundTripP95Ms: 100 }],
    [steps, 'stepTime', 5, { stepTimeP95Ms: 1 }],
    [steps, 'stepTime', 15, { stepTimeP95Ms: 100 }],
    [subscriptions, 'subscribeTime', 5, { subscribeTimeP95Ms: 1 }],
    [subscriptions, 'subscribeTime', 15, { subscribeTimeP95Ms: 100 }],
    [quotes, 'quoteLatency', 10, { quoteLatencyP95Ms: 20 }],
    [quotes, 'quoteLatency', 30, { quoteLatencyP95Ms: 200 }],
  ])('%s, of %s, %d ms', ([name, metric, limitMs, given]) => {
    const waited = (p95Ms: number): Given => ({
      ...given,
      reports: [calmSelfReport({ waitWhileOpen: wait({ p95Ms }) })],
    });
    expect(failing(waited(limitMs))).toEqual([]);
    const { conclusive, checks } = validityOf(waited(limitMs + 0.1));
    expect(conclusive).toBe(true);
    expect(checks.filter(({ passed }) => !passed)).toMatchObject([
      { name, concerns: expect.arrayContaining([metric]) },
    ]);
  });
});

test('what the system does not say is null, and not judged', () => {
  const silent = {
    machineWaitRatio: null,
    machineBusyRatio: null,
    stealRatio: null,
  };
  const reports = [
    calmSelfReport({
      opening: { ...silent, wait: null, coreWait: null },
      hold: silent,
      headroom: { mostOpen: 50_000, localPorts: null },
    }),
  ];
  expect(failing({ reports })).toEqual([]);
  expect(observedOf({ reports }, 'generator’s wait for a core during the opening')).toBeNull();
});

test('of a stretch too short to tell, rates are not judged', () => {
  const short = {
    durationMs: 499,
    stealRatio: 1,
    cpuRatio: 1,
    gc: { count: 9, longestMs: 40, totalMs: 300 },
  };
  const attempts = paced(50, 10, (index) => index);
  expect(failing({ attempts, reports: [calmSelfReport({ opening: short, hold: short })] })).toEqual([]);
});

test('the server’s CPU is taken from its first reading to the first after the opening', () => {
  const server = [0, 1_000, 2_000, 3_000].map((atMs) => ({
    atMs,
    cpuMs: atMs * 0.9,
    memoryBytes: null,
    currentConnections: null,
  }));
  expect(observedOf({ server }, 'server CPU during the opening')).toBeCloseTo(0.9);
  expect(observedOf({ server: server.slice(0, 2) }, 'server CPU during the opening')).toBeNull();
});
