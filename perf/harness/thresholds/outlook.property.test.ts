import {
  array,
  assert,
  constantFrom,
  double,
  integer,
  oneof,
  property,
  record,
  type Arbitrary,
} from 'fast-check';
import { expect, test } from 'vitest';
import type { ConnectionAttempt } from '../connection/attempt.ts';
import { failureOf } from '../connection/classify-failure.ts';
import { noMessages } from '../load/testing/no-messages.ts';
import type { LoadResult } from '../load/run-load.ts';
import * as metrics from '../metrics/catalogue.ts';
import { readSoFar, type LoadSoFar } from '../metrics/so-far-tally.ts';
import { foreseeable } from '../metrics/so-far.ts';
import { summarize } from '../metrics/summarize.ts';
import { TimedDistribution } from '../metrics/timed-distribution.ts';
import { TimedRate } from '../metrics/timed-rate.ts';
import { judge, type Evidence } from './judge.ts';
import { whyLost, type Outlook } from './outlook.ts';
import { above, atLeast, atMost, below, type Threshold } from './threshold.ts';

const grid = { warmUpMs: 25, slotMs: 1_000 };

/** What can become of one attempt: the parts of it that count. */
interface Fate {
  readonly kind: 'opened' | 'failed' | 'unauthorized' | 'dropped' | 'not-ready' | 'lingering';
  readonly connectMs: number;
}

const fate: Arbitrary<Fate> = record({
  kind: constantFrom(
    'opened',
    'opened',
    'opened',
    'failed',
    'unauthorized',
    'dropped',
    'not-ready',
    'lingering',
  ),
  connectMs: oneof(double({ min: 0, max: 1_000, noNaN: true }), constantFrom(0, 100, 500)),
});

const attemptOf = (index: number, { kind, connectMs }: Fate): ConnectionAttempt => {
  const dueAtMs = index * 10;
  const scheduled = { index, dueAtMs, startedAtMs: dueAtMs };
  if (kind === 'failed' || kind === 'unauthorized') {
    const failure = kind === 'failed' ? failureOf('refused') : failureOf('unauthorized', { status: 401 });
    return { ...scheduled, outcome: 'failed', failedAtMs: dueAtMs + connectMs, failure };
  }
  const openedAtMs = dueAtMs + connectMs;
  return {
    ...scheduled,
    outcome: 'opened',
    dnsResolvedAtMs: null,
    tcpConnectedAtMs: dueAtMs,
    tlsDoneAtMs: null,
    openedAtMs,
    firstMessageAtMs: openedAtMs,
    readyAtMs: kind === 'not-ready' ? null : openedAtMs + connectMs,
    closedAtMs: 5_000,
    messagesReceived: 1,
    bytesReceived: 2,
    failure:
      kind === 'dropped'
        ? failureOf('dropped')
        : kind === 'not-ready'
          ? failureOf('no-initial-message')
          : null,
    stable: kind !== 'dropped',
  };
};

/** The same attempt as it is seen while the load is under way. */
const underWay = (attempt: ConnectionAttempt, { kind }: Fate, isDecided: boolean): ConnectionAttempt => {
  const { index, dueAtMs } = attempt;
  if (!isDecided) return { index, dueAtMs, outcome: 'not-started' };
  if (attempt.outcome !== 'opened' || kind === 'dropped') return attempt;
  const open = { ...attempt, closedAtMs: null, stable: false };
  return kind === 'lingering' ? { ...open, readyAtMs: null } : open;
};

const load = (attempts: readonly ConnectionAttempt[], messages: number): LoadSoFar => ({
  warmUpMs: grid.warmUpMs,
  attempts,
  messages,
  roundTrip: () => new TimedDistribution(grid).encode(),
});

const resultOf = (attempts: readonly ConnectionAttempt[], messages: number): LoadResult =>
  ({
    grid,
    attempts,
    messages: { ...noMessages, received: { count: messages, leftOut: 0, slots: [] } },
    pings: {
      roundTrip: new TimedDistribution(grid).encode(),
      roundTripFromDue: new TimedDistribution(grid).encode(),
      sent: 0,
      warmUpSent: 0,
      answered: new TimedRate(grid).encode(),
    },
    sequences: null,
    holdOverAtMs: 5_000,
  }) as unknown as LoadResult;

const ratio = constantFrom(0, 0.2, 0.5, 0.8, 0.9, 0.95, 1);
const limitMs = constantFrom(0, 100, 250, 500, 900);
const comparison = constantFrom(below, atMost, above, atLeast);
const trend = constantFrom(metrics.connectTime, metrics.connectTimeFromDue, metrics.readyTime);
const rate = constantFrom(
  metrics.connectSuccess,
  metrics.stableConnections,
  metrics.initialMessages,
  metrics.unauthorizedRefusals,
);
const threshold: Arbitrary<Threshold> = oneof(
  record({
    compare: comparison,
    metric: trend,
    aggregation: constantFrom('mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'),
    limit: limitMs,
  }).map(({ compare, metric, aggregation, limit }) => compare(metric, aggregation, limit)),
  record({ compare: comparison, metric: rate, limit: ratio }).map(({ compare, metric, limit }) =>
    compare(metric, 'ratio', limit),
  ),
  record({ compare: comparison, limit: integer({ min: 0, max: 20 }) }).map(({ compare, limit }) =>
    compare(metrics.messagesReceived, 'count', limit),
  ),
);

const evidenceOf = (attempts: readonly ConnectionAttempt[], messages: number): Evidence => ({
  metrics: summarize(resultOf(attempts, messages), true),
  validity: { conclusive: true, checks: [] },
  interrupted: null,
  warmUp: null,
  slots: { slotMs: 1_000, fromMs: 0, untilMs: 5_000, metrics: {} },
  endedEarly: null,
  outlook: null,
  judgedBy: 'observed',
});

const outlookOf = (attempts: readonly ConnectionAttempt[], messages: number): Outlook => ({
  soFar: readSoFar(load(attempts, messages), foreseeable),
  mostAttempts: attempts.filter(({ dueAtMs }) => dueAtMs >= grid.warmUpMs).length,
});

const plan = record({
  fates: array(fate, { minLength: 1, maxLength: 40 }),
  decided: integer({ min: 0, max: 40 }),
  messages: integer({ min: 0, max: 20 }),
  later: integer({ min: 0, max: 10 }),
});

test('a promise that is said to be lost is met by no load that began so', () => {
  let lost = 0;
  assert(
    property(plan, threshold, ({ fates, decided, messages, later }, promise) => {
      const complete = fates.map((one, index) => attemptOf(index, one));
      const seen = complete.map((attempt, index) => underWay(attempt, fates[index] as Fate, index < decided));
      if (whyLost(promise, outlookOf(seen, messages)) === null) return;
      lost += 1;
      expect(judge(promise, evidenceOf(complete, messages + later)).outcome).not.toBe('met');
    }),
    { numRuns: 1_000 },
  );
  expect(lost).toBeGreaterThan(50);
});

test('a rate is said to be lost as soon as no rest can save it', () => {
  const best: Fate = { kind: 'opened', connectMs: 1 };
  const worst: Fate = { kind: 'failed', connectMs: 1 };
  assert(
    property(
      plan,
      ratio,
      constantFrom(above, atLeast, below, atMost),
      ({ fates, decided }, limit, compare) => {
        const promise = compare(metrics.connectSuccess, 'ratio', limit);
        const rest = compare === above || compare === atLeast ? best : worst;
        const complete = fates.map((one, index) => attemptOf(index, index < decided ? one : rest));
        const seen = complete.map((attempt, index) =>
          underWay(attempt, fates[index] as Fate, index < decided),
        );
        const hasEvents = seen.some(
          ({ outcome, dueAtMs }) => outcome !== 'not-started' && dueAtMs >= grid.warmUpMs,
        );
        const canBeSaved = judge(promise, evidenceOf(complete, 0)).outcome === 'met';
        expect(whyLost(promise, outlookOf(seen, 0)) === null).toBe(canBeSaved || !hasEvents);
      },
    ),
    { numRuns: 300 },
  );
});

test('a percentile is said to be lost as soon as an instant rest could not save it', () => {
  assert(
    property(
      plan,
      limitMs,
      constantFrom('p50', 'p95', 'max', 'mean'),
      ({ fates, decided }, limit, aggregation) => {
        const promise = atMost(metrics.connectTime, aggregation, limit);
        const opened = fates.map(({ connectMs }): Fate => ({ kind: 'opened', connectMs }));
        const instant: Fate = { kind: 'opened', connectMs: 0 };
        const complete = opened.map((one, index) => attemptOf(index, index < decided ? one : instant));
        const seen = complete.map((attempt, index) => underWay(attempt, instant, index < decided));
        const hasEvents = seen.some(
          ({ outcome, dueAtMs }) => outcome === 'opened' && dueAtMs >= grid.warmUpMs,
        );
        const canBeSaved = judge(promise, evidenceOf(complete, 0)).outcome !== 'broken';
        // Within the rounding of a sum a mean is given the benefit of the doubt.
        if (aggregation === 'mean' && !canBeSaved) return;
        expect(whyLost(promise, outlookOf(seen, 0)) === null).toBe(canBeSaved || !hasEvents);
      },
    ),
    { numRuns: 300 },
  );
});

test('nothing is said where the plan does not bound the attempts, but for what only grows', () => {
  const failed = [
    attemptOf(5, { kind: 'failed', connectMs: 1 }),
    attemptOf(6, { kind: 'opened', connectMs: 900 }),
  ];
  const outlook = { ...outlookOf(failed, 3), mostAttempts: Number.POSITIVE_INFINITY };
  expect(whyLost(atLeast(metrics.connectSuccess, 'ratio', 1), outlook)).toBeNull();
  expect(whyLost(below(metrics.connectTime, 'p50', 1), outlook)).toBeNull();
  expect(whyLost(below(metrics.connectTime, 'max', 1), outlook)).not.toBeNull();
  expect(whyLost(atMost(metrics.messagesReceived, 'count', 2), outlook)).not.toBeNull();
  expect(whyLost(atLeast(metrics.messagesReceived, 'count', 2), outlook)).toBeNull();
});
