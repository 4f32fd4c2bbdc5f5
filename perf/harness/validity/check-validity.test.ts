import { describe, expect, test } from 'vitest';
import type { ConnectionAttempt } from '../connection/attempt.ts';
import { failureOf } from '../connection/classify-failure.ts';
import type { FailureReason } from '../connection/failure.ts';
import { hold, pingRoundTrips, type LoadProfile } from '../load/profile.ts';
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
  readonly startLagP95Ms?: number;
  readonly quoteLatencyP95Ms?: number;
  readonly attempts?: readonly ConnectionAttempt[];
  readonly sourceAddresses?: readonly string[];
  readonly server?: readonly ServerSample[];
}

const listening = hold({ connections: 20, holdSeconds: 1 });
const pinging = pingRoundTrips({ connections: 20, holdSeconds: 1, everySeconds: 0.1 });

const failed = (reason: FailureReason): ConnectionAttempt => ({
  index: 0,
  dueAtMs: 0,
  outcome: 'failed',
  startedAtMs: 0,
  failedAtMs: 1,
  failure: failureOf(reason),
});

const validityOf = (given: Given): ReturnType<typeof checkValidity> => {
  const { connectTime = { mean: 5, p95: 10 }, roundTripP95Ms = 1, startLagP95Ms = 1 } = given;
  const attempts = given.attempts ?? [failed('refused')];
  const result: Partial<LoadResult> = {
    sourceAddresses: given.sourceAddresses ?? [],
    attempts,
    planned: attempts.length,
    selfReports: given.reports ?? [calmSelfReport()],
    openingOverAtMs: 2_000,
  };
  return checkValidity(
    result as LoadResult,
    given.profile ?? listening,
    {
      connectTime: trendOf(connectTime),
      roundTripTime: trendOf({ mean: roundTripP95Ms, p95: roundTripP95Ms }),
      startLag: trendOf({ mean: startLagP95Ms, p95: startLagP95Ms }),
      ...(given.quoteLatencyP95Ms !== undefined && {
        quoteLatency: trendOf({ mean: given.quoteLatencyP95Ms, p95: given.quoteLatencyP95Ms }),
      }),
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
}): SelfReport['opening']['wait'] => ({
  meanMs: 0.1,
  p95Ms: 0.5,
  p99Ms: 1,
  maxMs: 2,
  ...figures,
});
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
      'answers’ wait in the generator during the hold, p95',
      { ...opening({ hold: { wait: wait({ p95Ms: 5 }) } }), profile: pinging },
      { ...opening({ hold: { wait: wait({ p95Ms: 5.1 }) } }), profile: pinging },
    ],
    [
      'generator’s wait for a core during the opening',
      opening({ opening: { coreWaitRatio: 0.25 } }),
      opening({ opening: { coreWaitRatio: 0.26 } }),
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
    ['start lag p95', { startLagP95Ms: 100 }, { startLagP95Ms: 101 }],
    [
      'achieved of the planned rate',
      opening({ pacing: { achievedPerSecond: 9.5 } }),
      opening({ pacing: { achievedPerSecond: 9.4 } }),
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
  const slowAnswers = { profile: pinging, roundTripP95Ms: 100 };
  expect(failing({ ...opening({ hold: { wait: wait({ p95Ms: 15 }) } }), ...slowAnswers })).toEqual([]);
  expect(failing({ ...opening({ hold: { wait: wait({ p95Ms: 15.1 }) } }), ...slowAnswers })).toHaveLength(1);
});

test('one agent of several that was held up spoils the whole', () => {
  const reports = [calmSelfReport(), calmSelfReport({ opening: { coreWaitRatio: 0.5 } }), calmSelfReport()];
  expect(failing({ reports })).toEqual(['generator’s wait for a core during the opening']);
  const slow = [calmSelfReport(), calmSelfReport({ pacing: { achievedPerSecond: 5 } })];
  expect(observedOf({ reports: slow }, 'achieved of the planned rate')).toBe(0.5);
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
  expect(failing({ reports, startLagP95Ms: 5_000 })).toEqual([]);
  expect(observedOf({ reports }, 'start lag p95')).toBeNull();
  expect(observedOf({ reports }, 'generator CPU')).toBe(1.1);
});

test('a hold in which nothing is timed may be held up', () => {
  expect(failing(opening({ hold: { wait: wait({ p95Ms: 40 }) } }))).toEqual([]);
});

const waited = (p95Ms: number, quoteLatencyP95Ms: number): Given => ({
  ...opening({ hold: { wait: wait({ p95Ms }) } }),
  quoteLatencyP95Ms,
});

test('quotes that waited in the generator make the times of messages untrue, and those alone', () => {
  expect(failing(waited(10, 20))).toEqual([]);
  expect(failing(waited(10.1, 20))).toEqual(['answers’ wait in the generator during the hold, p95']);
  expect(failing(waited(30, 200))).toEqual([]);
  expect(failing(waited(30.1, 200))).toHaveLength(1);
  expect(validityOf(waited(10.1, 20)).conclusive).toBe(true);
});

test('what the system does not say is null, and not judged', () => {
  const silent = {
    wait: null,
    coreWaitRatio: null,
    machineWaitRatio: null,
    machineBusyRatio: null,
    stealRatio: null,
  };
  const reports = [
    calmSelfReport({
      opening: silent,
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
  const pacing = { started: 4, achievedPerSecond: 1 };
  expect(failing({ reports: [calmSelfReport({ opening: short, hold: short, pacing })] })).toEqual([]);
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
