import { array, assert, constantFrom, integer, property, record, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import {
  connectSuccess,
  connectTime,
  messagesReceived,
  quotesLost,
  roundTripTime,
  startLag,
} from '../metrics/catalogue.ts';
import type { SlotSummary } from '../metrics/slot-samples.ts';
import { TimedDistribution } from '../metrics/timed-distribution.ts';
import { inEveryWindow, type WindowOptions } from './in-every-window.ts';
import { observeWindows, type WindowFindings } from './observe-windows.ts';
import { atLeast, atMost, below, type Threshold } from './threshold.ts';

const summaryOf = (metrics: SlotSummary['metrics'], overrides: Partial<SlotSummary> = {}): SlotSummary => ({
  slotMs: 1_000,
  fromMs: 0,
  untilMs: 10_000,
  metrics,
  ...overrides,
});

const observe = (threshold: Threshold, summary: SlotSummary): WindowFindings | null => {
  if (threshold.window === null) throw new Error('A threshold about windows.');
  return observeWindows(threshold, threshold.window, summary);
};

const rates = (hits: readonly number[]): SlotSummary['metrics'] => ({
  [connectSuccess.name]: { kind: 'rate', slots: hits.map((hit, slot) => ({ slot, hits: hit, total: 10 })) },
});
const success = (options: WindowOptions) => inEveryWindow(options, atLeast(connectSuccess, 'ratio', 0.9));

test('ten seconds in which one is bad break as many windows as see enough of it', () => {
  const metrics = rates([10, 10, 10, 10, 0, 10, 10, 10, 10, 10]);
  expect(observe(success({ seconds: 1 }), summaryOf(metrics))).toMatchObject({
    judged: 10,
    broken: 1,
    worst: { fromMs: 4_000, untilMs: 5_000, observed: 0, samples: 10 },
  });
  expect(observe(success({ seconds: 3 }), summaryOf(metrics))).toMatchObject({ judged: 8, broken: 3 });
  expect(observe(success({ seconds: 10 }), summaryOf(metrics))).toMatchObject({ judged: 1, broken: 0 });
});

test('windows that do not fit the end by their step are followed by one that does', () => {
  const findings = observe(
    success({ seconds: 3, everySeconds: 5 }),
    summaryOf(rates([10, 10, 10, 10, 10, 10, 10, 10, 10, 0])),
  );
  expect(findings).toMatchObject({ judged: 3, broken: 1, worst: { fromMs: 7_000, untilMs: 10_000 } });
});

test('windows with too few samples are left out, and counted', () => {
  const findings = observe(success({ seconds: 1, minimumSamples: 11 }), summaryOf(rates([10, 0])));
  expect(findings).toMatchObject({ judged: 0, leftOut: 10, worst: null });
});

test('a count is judged in whole slots with a connection throughout, and nothing received is 0', () => {
  const slots = [
    { slot: 1, count: 5, connections: 0 },
    { slot: 2, count: 5, connections: 2 },
    { slot: 3, count: 0, connections: 2 },
    { slot: 4, count: 5, connections: 2 },
  ];
  const summary = summaryOf(
    { [messagesReceived.name]: { kind: 'counter', slots } },
    { fromMs: 400, untilMs: 5_900 },
  );
  const findings = (seconds: number) =>
    observe(inEveryWindow({ seconds }, atLeast(messagesReceived, 'count', 1)), summary);
  expect(findings(1)).toMatchObject({
    judged: 3,
    broken: 1,
    leftOut: 1,
    worst: { fromMs: 3_000, observed: 0 },
  });
  expect(findings(2)).toMatchObject({ judged: 2, broken: 0, leftOut: 1 });
});

test('an average over the connections is one of those that were there throughout the window', () => {
  const slots = [0, 1, 2, 3].map((slot) => ({ slot, count: slot * 4, connections: slot === 0 ? 0 : 4 }));
  const summary = summaryOf({ [messagesReceived.name]: { kind: 'counter', slots } }, { untilMs: 4_000 });
  const limit = inEveryWindow({ seconds: 2 }, atLeast(messagesReceived, 'perConnection', 2));
  expect(observe(limit, summary)).toMatchObject({
    judged: 2,
    leftOut: 1,
    broken: 0,
    worst: { fromMs: 1_000, observed: 3, samples: 4 },
  });
});

test('where slots are wider than the window, windows are as wide as a slot', () => {
  const summary = summaryOf(rates([10, 0]), { slotMs: 5_000 });
  expect(observe(success({ seconds: 1 }), summary)).toMatchObject({ lengthMs: 5_000, judged: 2, broken: 1 });
});

test('a metric that is not kept over time is no finding', () => {
  expect(observe(inEveryWindow({ seconds: 1 }, below(roundTripTime, 'p50', 1)), summaryOf({}))).toBeNull();
});

test.for([
  { seconds: 0 },
  { seconds: 0.5 },
  { seconds: Number.NaN },
  { seconds: 1, everySeconds: 1.5 },
  { seconds: 1, minimumSamples: 0 },
])('%j is a TypeError', (options) => {
  expect(() => success(options)).toThrow(TypeError);
});

test('windows of windows are a TypeError', () => {
  expect(() => inEveryWindow({ seconds: 1 }, success({ seconds: 1 }))).toThrow(/whole run/u);
});

test('the worst window is the one that all values, looked at window by window, show as the worst', () => {
  const values = array(tuple(integer({ min: 1, max: 900 }), integer({ min: 0, max: 9_999 })), {
    maxLength: 80,
  });
  const options = record({
    seconds: integer({ min: 1, max: 10 }),
    minimumSamples: integer({ min: 1, max: 5 }),
  });
  assert(
    property(values, options, constantFrom('p50', 'p95', 'max', 'min'), (timed, window, aggregation) => {
      const distribution = new TimedDistribution({ warmUpMs: 0, slotMs: 1_000 });
      for (const [valueMs, atMs] of timed) distribution.record(valueMs, atMs);
      const metrics = {
        [connectTime.name]: { kind: 'trend', unit: 'ms', slots: distribution.slots() },
      } as const;
      const findings = observe(
        inEveryWindow(window, atMost(connectTime, aggregation, 500)),
        summaryOf(metrics),
      );
      const naive: number[] = [];
      for (let from = 0; from + window.seconds <= 10; from += 1) {
        const inside = timed
          .filter(([, atMs]) => atMs >= from * 1_000 && atMs < (from + window.seconds) * 1_000)
          .map(([valueMs]) => valueMs)
          .toSorted((a, b) => a - b);
        if (inside.length < window.minimumSamples) continue;
        const share = { min: 0, p50: 0.5, p95: 0.95, max: 1 }[aggregation];
        naive.push(inside[Math.max(0, Math.ceil(share * inside.length - 1e-9) - 1)] ?? Number.NaN);
      }
      expect(findings?.judged).toBe(naive.length);
      if (naive.length > 0) {
        const worst = findings?.worst?.observed ?? Number.NaN;
        expect(Math.abs(worst - Math.max(...naive))).toBeLessThanOrEqual(Math.max(...naive) * 0.001 + 0.001);
      }
    }),
    { numRuns: 60 },
  );
});

test('a metric that is not kept over time is refused at once, with those that are', () => {
  const message =
    /^inEveryWindow was given \w+, which is not kept over time\. .*: connectTime, .*bytesReceived\.$/u;
  expect(() => inEveryWindow({ seconds: 1 }, atMost(quotesLost, 'count', 0))).toThrow(message);
  expect(() => inEveryWindow({ seconds: 1 }, atMost(startLag, 'p95', 5))).toThrow(message);
});
