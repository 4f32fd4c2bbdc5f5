import { expect, test } from 'vitest';
import type { Arrivals } from './arrivals.ts';
import { dueAtMs, endingOf, levelFromMs, plannedAttempts } from './pacer.ts';

const rampOf = (connections: number, delayMs: number): Arrivals => ({ kind: 'ramp', connections, delayMs });
const rateOf = (attemptsPerSecond: number, durationMs: number): Arrivals => ({
  kind: 'constant-arrival-rate',
  attemptsPerSecond,
  durationMs,
});

const bursts: Arrivals = { kind: 'burst', connections: 2, bursts: 3, everyMs: 500 };
const staircase: Arrivals = { kind: 'steps', connectionsPerStep: 2, steps: 3, stepMs: 1_000, delayMs: 10 };
const peak: Arrivals = {
  kind: 'spike',
  baseConnections: 2,
  delayMs: 10,
  spikeConnections: 3,
  beforeMs: 300,
  spikeMs: 200,
  afterMs: 100,
};
const storm: Arrivals = {
  kind: 'reconnect-storm',
  connections: 2,
  delayMs: 10,
  cutAfterMs: 400,
  backoff: { baseMs: 100, capMs: 1_000, tries: 5, withinMs: 2_000 },
  seed: 1,
};

test.for([
  { arrivals: rampOf(20, 100), planned: 20, dueMs: [0, 100, 200] },
  { arrivals: rampOf(3, 0), planned: 3, dueMs: [0, 0, 0] },
  { arrivals: rateOf(20, 2_000), planned: 40, dueMs: [0, 50, 100] },
  { arrivals: rateOf(0.5, 4_000), planned: 2, dueMs: [0, 2_000] },
  { arrivals: rateOf(3, 999), planned: 2, dueMs: [0, 1_000 / 3] },
  // 4.35 · 100 is 434.99999999999994 in floating point.
  { arrivals: rateOf(4.35, 100_000), planned: 435, dueMs: [0] },
  { arrivals: rateOf(1, 999), planned: 0, dueMs: [] },
  { arrivals: bursts, planned: 6, dueMs: [0, 0, 500, 500, 1_000, 1_000] },
  { arrivals: staircase, planned: 6, dueMs: [0, 10, 1_000, 1_010, 2_000, 2_010] },
  { arrivals: peak, planned: 5, dueMs: [0, 10, 300, 300, 300] },
  { arrivals: storm, planned: 2, dueMs: [0, 10] },
])('$arrivals plans $planned attempts, the first due at $dueMs', ({ arrivals, planned, dueMs }) => {
  expect(plannedAttempts(arrivals)).toBe(planned);
  expect(dueMs.map((_, index) => dueAtMs(arrivals, index))).toEqual(dueMs);
});

test.for([
  { arrivals: rampOf(1, 0), index: 0, ending: { kind: 'with-all' } },
  { arrivals: bursts, index: 3, ending: { kind: 'with-burst', burst: 1 } },
  { arrivals: bursts, index: 4, ending: { kind: 'with-all' } },
  { arrivals: rateOf(1, 1_000), index: 0, ending: { kind: 'on-its-own' } },
  { arrivals: staircase, index: 0, ending: { kind: 'planned', atMs: 3_000 } },
  { arrivals: peak, index: 1, ending: { kind: 'planned', atMs: 600 } },
  { arrivals: peak, index: 2, ending: { kind: 'planned', atMs: 500 } },
  { arrivals: storm, index: 1, ending: { kind: 'with-all' } },
])('attempt $index of a $arrivals.kind ends $ending', ({ arrivals, index, ending }) => {
  expect(endingOf(arrivals, index)).toEqual(ending);
});

test('a soak is level once all its places are taken, a ramp once its last attempt is decided', () => {
  const life = { kind: 'exponential', meanMs: 1_000 } as const;
  const soak = { kind: 'churn', connections: 11, delayMs: 10, durationMs: 60_000, life, seed: 1 } as const;
  expect([levelFromMs(soak), levelFromMs(rampOf(11, 10))]).toEqual([100, null]);
});
