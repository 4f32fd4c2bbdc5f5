import { expect, test } from 'vitest';
import { dueAtMs, livesOnItsOwn, plannedAttempts } from './pacer.ts';
import type { Arrivals } from './profile.ts';

const rampOf = (connections: number, delayMs: number): Arrivals => ({ kind: 'ramp', connections, delayMs });
const rateOf = (attemptsPerSecond: number, durationMs: number): Arrivals => ({
  kind: 'constant-arrival-rate',
  attemptsPerSecond,
  durationMs,
});

test.for([
  { arrivals: rampOf(20, 100), planned: 20, dueMs: [0, 100, 200] },
  { arrivals: rampOf(3, 0), planned: 3, dueMs: [0, 0, 0] },
  { arrivals: rateOf(20, 2_000), planned: 40, dueMs: [0, 50, 100] },
  { arrivals: rateOf(0.5, 4_000), planned: 2, dueMs: [0, 2_000] },
  { arrivals: rateOf(3, 999), planned: 2, dueMs: [0, 1_000 / 3] },
  { arrivals: rateOf(1, 999), planned: 0, dueMs: [] },
])('$arrivals plans $planned attempts, the first due at $dueMs', ({ arrivals, planned, dueMs }) => {
  expect(plannedAttempts(arrivals)).toBe(planned);
  expect(dueMs.map((_, index) => dueAtMs(arrivals, index))).toEqual(dueMs);
});

test('connections of a ramp end together, those that arrive at a rate each on its own', () => {
  expect(livesOnItsOwn(rampOf(1, 0))).toBe(false);
  expect(livesOnItsOwn(rateOf(1, 1_000))).toBe(true);
});
