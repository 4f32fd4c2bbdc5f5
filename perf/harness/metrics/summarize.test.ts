import { expect, test } from 'vitest';
import type { ConnectionAttempt, OpenedAttempt, SlowReading } from '../connection/attempt.ts';
import { failureOf } from '../connection/classify-failure.ts';
import type { LoadResult } from '../load/run-load.ts';
import { noMessages } from '../load/testing/no-messages.ts';
import { connectSuccess, connectTime, messagesReceived, quotesLost, stableConnections } from './catalogue.ts';
import { countFailures, countOutcomes } from './count-outcomes.ts';
import { aggregate, sampleCount, type CounterSamples, type Samples } from './samples.ts';
import type { SlotGrid } from './slot-grid.ts';
import { summarizeSlots } from './summarize-slots.ts';
import { summarize } from './summarize.ts';
import { TimedDistribution } from './timed-distribution.ts';
import { TimedRate } from './timed-rate.ts';
import { warmUpRecord } from './warm-up.ts';
import { windowedMetrics } from './windowed-metrics.ts';

const opened = (index: number, overrides: Partial<OpenedAttempt> = {}): OpenedAttempt => ({
  index,
  dueAtMs: index * 100,
  outcome: 'opened',
  startedAtMs: index * 100 + 2,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: index * 100 + 3,
  tlsDoneAtMs: null,
  openedAtMs: index * 100 + 12,
  firstMessageAtMs: index * 100 + 20,
  readyAtMs: index * 100 + 22,
  closedAtMs: 1_000,
  messagesReceived: 4,
  bytesReceived: 40,
  failure: null,
  stable: true,
  ...overrides,
});

const wholeRun: SlotGrid = { warmUpMs: 0, slotMs: 1_000 };

const attempts: readonly ConnectionAttempt[] = [
  opened(0),
  opened(1, { dnsResolvedAtMs: 102.5, tlsDoneAtMs: 108, openedAtMs: 132 }),
  opened(2, {
    firstMessageAtMs: null,
    readyAtMs: null,
    messagesReceived: 0,
    stable: false,
    failure: failureOf('closed-before-ready', { closeCode: 1_006 }),
  }),
  {
    index: 3,
    dueAtMs: 300,
    outcome: 'failed',
    startedAtMs: 300,
    failedAtMs: 340,
    failure: failureOf('unauthorized', { status: 401 }),
  },
  {
    index: 4,
    dueAtMs: 400,
    outcome: 'failed',
    startedAtMs: 410,
    failedAtMs: 999,
    failure: failureOf('refused'),
  },
  { index: 5, dueAtMs: 500, outcome: 'not-started' },
];

const noPings = {
  roundTrip: new TimedDistribution(wholeRun).encode(),
  roundTripFromDue: new TimedDistribution(wholeRun).encode(),
  sent: 0,
  warmUpSent: 0,
  answered: new TimedRate(wholeRun).encode(),
};

const messagesOf = (count: number, leftOut: number): LoadResult['messages'] => ({
  ...noMessages,
  received: { count, leftOut, slots: count === 0 ? [] : [{ slot: 0, count }] },
  bytes: {
    count: count * 10,
    leftOut: leftOut * 10,
    slots: count === 0 ? [] : [{ slot: 0, count: count * 10 }],
  },
});

const resultOf = (overrides: Partial<LoadResult> = {}): LoadResult => ({
  grid: wholeRun,
  wasStopped: false,
  attempts,
  messages: messagesOf(8, 0),
  pings: noPings,
  sequences: null,
  timeline: [],
  selfReports: [],
  sourceAddresses: [],
  openingOverAtMs: 999,
  holdOverAtMs: 1_000,
  finishedAtMs: 1_001,
  planned: 6,
  startedAtEpochMs: 0,
  interrupted: null,
  ...overrides,
});

test('a hand-worked list of attempts gives what was worked out by hand', () => {
  expect(summarize(resultOf(), true)).toMatchObject({
    connectTime: { count: 3, min: 10, max: 30, mean: 50 / 3 },
    connectTimeFromDue: { count: 3, min: 12, max: 32, mean: 56 / 3 },
    startLag: { count: 5, min: 0, max: 10, mean: 16 / 5 },
    tcpTime: { count: 3, min: 0.5, max: 1, mean: 2.5 / 3 },
    upgradeTime: { count: 3, min: 9, max: 24, mean: 14 },
    firstMessageTime: { count: 2, min: -12, max: 8 },
    readyTime: { count: 2, mean: 20 },
    refusalTime: { count: 1, mean: 40 },
    connectSuccess: { hits: 3, total: 5 },
    stableConnections: { hits: 2, total: 3 },
    initialMessages: { hits: 2, total: 3 },
    unauthorizedRefusals: { hits: 1, total: 5 },
    messagesReceived: { count: 8, connections: 3 },
    bytesReceived: { count: 80, connections: 3 },
  });
});

test('what was not looked for is absent, and what has no data is null', () => {
  const summary = summarize(resultOf({ attempts: attempts.slice(3) }), false);
  expect(summary).not.toHaveProperty('initialMessages');
  expect(summary).not.toHaveProperty('quotesLost');
  expect(summary).not.toHaveProperty('roundTripTime');
  expect(aggregate(summary, connectTime, 'mean')).toBeNull();
  expect(aggregate(summary, quotesLost, 'count')).toBeNull();
});

test('what was due in the warm-up is in no metric, and is counted', () => {
  const result = resultOf({
    grid: { warmUpMs: 101, slotMs: 1_000 },
    messages: messagesOf(5, 3),
  });
  expect(summarize(result, true)).toMatchObject({
    connectTime: { count: 1, mean: 10 },
    startLag: { count: 3 },
    connectSuccess: { hits: 1, total: 3 },
    stableConnections: { hits: 0, total: 1 },
    initialMessages: { hits: 0, total: 1 },
    messagesReceived: { count: 5, connections: 3 },
  });
  expect(warmUpRecord(result)).toEqual({ untilMs: 101, attempts: 2, pings: 0, messages: 3 });
});

test('after a warm-up that outlasts the load there is no data', () => {
  const summary = summarize(
    resultOf({
      grid: { warmUpMs: 2_000, slotMs: 1_000 },
      messages: messagesOf(0, 8),
    }),
    true,
  );
  for (const metric of [connectTime, connectSuccess, messagesReceived, stableConnections]) {
    expect([metric.name, sampleCount(summary[metric.name] as Samples)]).toEqual([metric.name, 0]);
  }
});

test('loss without any quote received is no data', () => {
  const nothing = { received: 0, lost: 0, duplicated: 0, reordered: 0 };
  expect(aggregate(summarize(resultOf({ sequences: nothing }), true), quotesLost, 'count')).toBeNull();
  const some = { ...nothing, received: 1 };
  expect(aggregate(summarize(resultOf({ sequences: some }), true), quotesLost, 'count')).toBe(0);
});

test('every attempt is counted exactly once, and failures with what they have in common', () => {
  expect(countOutcomes(attempts)).toEqual({
    planned: 6,
    attempted: 5,
    successful: 3,
    failed: 2,
    notStarted: 1,
    ready: 2,
    stable: 2,
    messagesReceived: 8,
  });
  expect(countFailures([...attempts, ...attempts]).map(({ reason, count }) => [reason, count])).toEqual([
    ['refused', 2],
    ['unauthorized', 2],
    ['closed-before-ready', 2],
  ]);
});

test('a line that the plan cuts itself is neither stable nor unstable', () => {
  const cut = opened(6, { stable: false, wasCut: true });
  expect(summarize(resultOf({ attempts: [...attempts, cut] }), true)).toMatchObject({
    stableConnections: { hits: 2, total: 3 },
  });
});

const slow = (slowReading: SlowReading): OpenedAttempt => opened(6, { stable: true, slowReading });

test('what stops reading is neither stable nor unstable, and no one who receives', () => {
  const readAgain = { stoppedAtMs: 100, readAgainAtMs: 200 };
  const readings = [
    slow({ state: 'never-stopped' }),
    slow({ state: 'undecided', stoppedAtMs: 100 }),
    slow({ state: 'behind', ...readAgain }),
    slow({ state: 'closed', stoppedAtMs: 100, closeCode: 1_013, unreadBytes: 5 }),
    slow({ state: 'caught-up', ...readAgain, caughtUpAtMs: 5_200, unreadBytes: 5 }),
    slow({ state: 'caught-up', ...readAgain, caughtUpAtMs: 5_201, unreadBytes: 5 }),
  ];
  const before = summarize(resultOf(), true);
  const summary = summarize(resultOf({ attempts: [...attempts, ...readings] }), true);
  expect(summary).toMatchObject({
    stableConnections: before['stableConnections'],
    slowReadersSettled: { hits: 2, total: 4 },
    slowReadersClosed: { hits: 1, total: 4 },
    messagesReceived: { connections: (before['messagesReceived'] as CounterSamples).connections },
  });
  expect(before).not.toHaveProperty('slowReadersSettled');
});

test('a storm, conversations and subscriptions are summarised where there were any, and absent where not', () => {
  const tries = new TimedDistribution(wholeRun);
  for (const count of [1, 3]) tries.record(count, 500);
  const trend = tries.encode();
  const rate = { hits: 1, total: 2, leftOut: 0, slots: [] };
  const summary = summarize(
    resultOf({
      reconnects: { cause: 'cut', recoveryTime: trend, tries: trend, recovered: rate },
      conversations: {
        stepTime: trend,
        stepsMet: rate,
        completed: rate,
        unfinished: { count: 3, leftOut: 0, slots: [] },
      },
      subscriptions: { confirmTime: trend, confirmed: rate, quotes: rate },
    }),
    true,
  );
  expect(summary).toMatchObject({
    recoveryTime: { unit: 'ms', count: 2 },
    triesUntilBack: { unit: 'count', count: 2, mean: 2, min: 1, max: 3 },
    recovered: { hits: 1, total: 2 },
    stepTime: { count: 2 },
    stepsMet: { hits: 1, total: 2 },
    conversationsCompleted: { hits: 1, total: 2 },
    conversationsUnfinished: { kind: 'counter', count: 3 },
    subscribeTime: { count: 2 },
    subscriptionsConfirmed: { hits: 1, total: 2 },
    quotesAskedFor: { hits: 1, total: 2 },
  });
  for (const name of ['recovered', 'stepsMet', 'quotesAskedFor'])
    expect(summarize(resultOf(), true)).not.toHaveProperty(name);
});

test('of a cut is told how many of the first attempts it met open; of a loss by the server it is not', () => {
  const trend = new TimedDistribution(wholeRun).encode();
  const recovered = { hits: 1, total: 1, leftOut: 0, slots: [] };
  const storm = (cause: 'cut' | 'ended by the server') =>
    summarize(
      resultOf({
        attempts: [
          ...attempts,
          opened(6, { wasCut: true }),
          opened(6, { retry: 1 }),
          opened(7, { wasCut: true }),
        ],
        reconnects: { cause, recoveryTime: trend, tries: trend, recovered },
      }),
      true,
    );
  expect(storm('cut')['openWhenCut']).toEqual({ kind: 'rate', hits: 2, total: attempts.length + 2 });
  expect(storm('ended by the server')).not.toHaveProperty('openWhenCut');
});

test('tries to come back are attempts, and no part of what was planned', () => {
  const counts = countOutcomes([...attempts, opened(0, { retry: 1 }), opened(1, { retry: 1 })]);
  expect(counts).toMatchObject({ planned: 6, attempted: 7, successful: 5, notStarted: 1 });
});

test('what is kept over time is what windows may be about', () => {
  const trend = new TimedDistribution(wholeRun).encode();
  const rate = new TimedRate(wholeRun).encode();
  const everything = resultOf({
    pings: { ...noPings, sent: 1 },
    sequences: { received: 0, lost: 0, duplicated: 0, reordered: 0 },
    reconnects: { cause: 'cut', recoveryTime: trend, tries: trend, recovered: rate },
    conversations: {
      stepTime: trend,
      stepsMet: rate,
      completed: rate,
      unfinished: { count: 0, leftOut: 0, slots: [] },
    },
    subscriptions: { confirmTime: trend, confirmed: rate, quotes: rate },
  });
  const kept = Object.keys(summarizeSlots(everything, true).metrics);
  expect(kept.toSorted()).toEqual(windowedMetrics.map(({ name }) => name).toSorted());
});
