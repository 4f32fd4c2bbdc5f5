import { assert, constant, double, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { RateStage } from './arrivals.ts';
import { rampingAttempts, rampingDueAtMs } from './ramping-rate.ts';
import { rateStages } from './testing/random-arrivals.ts';

const startRate = oneof(constant(0), double({ min: 0, max: 200, noNaN: true }));

/** The slow, obvious version: the area under the rate up to `untilMs`, by ten thousand trapezoids. */
const areaUntil = (start: number, stages: readonly RateStage[], untilMs: number): number => {
  const rateAt = (atMs: number): number => {
    let from = start;
    let beganAtMs = 0;
    for (const { attemptsPerSecond, durationMs } of stages) {
      if (atMs < beganAtMs + durationMs)
        return from + ((attemptsPerSecond - from) * (atMs - beganAtMs)) / durationMs;
      beganAtMs += durationMs;
      from = attemptsPerSecond;
    }
    return 0;
  };
  const slices = 10_000;
  const sliceMs = untilMs / slices;
  let area = 0;
  for (let slice = 0; slice < slices; slice += 1) area += (rateAt((slice + 0.5) * sliceMs) * sliceMs) / 1_000;
  return area;
};

test('as many attempts have become due as the area under the rate says', () => {
  assert(
    property(startRate, rateStages, (start, stages) => {
      const totalMs = stages.reduce((total, { durationMs }) => total + durationMs, 0);
      const planned = rampingAttempts(start, stages);
      // Midpoints are exact on straight lines; only slices with an edge of a stage are off, by less than their own area.
      const tolerance = 0.3 + totalMs / 10_000;
      expect(Math.abs(areaUntil(start, stages, totalMs) - planned)).toBeLessThan(1 + tolerance);
      for (const share of [0, 0.25, 0.5, 0.99]) {
        const index = Math.floor(share * (planned - 1));
        if (index < 0) continue;
        const dueMs = rampingDueAtMs(start, stages, index);
        expect(Math.abs(areaUntil(start, stages, dueMs) - index)).toBeLessThan(tolerance);
      }
    }),
    { numRuns: 60 },
  );
});

test('a rate that stays what it was is a constant arrival rate', () => {
  const stages = [1, 2, 3].map(() => ({ attemptsPerSecond: 40, durationMs: 500 }));
  expect(rampingAttempts(40, stages)).toBe(60);
  for (let index = 0; index < 60; index += 1)
    expect(rampingDueAtMs(40, stages, index)).toBeCloseTo(index * 25, 6);
});

test('from 0 to 20 a second in 10 s, attempt n is due at 1,000 · √n ms', () => {
  const stages = [{ attemptsPerSecond: 20, durationMs: 10_000 }];
  expect(rampingAttempts(0, stages)).toBe(100);
  for (let index = 0; index < 100; index += 1)
    expect(rampingDueAtMs(0, stages, index)).toBeCloseTo(1_000 * Math.sqrt(index), 6);
});

test('nothing is due in a stage without attempts', () => {
  const stages = [
    { attemptsPerSecond: 0, durationMs: 1_000 },
    { attemptsPerSecond: 10, durationMs: 0 },
    { attemptsPerSecond: 10, durationMs: 1_000 },
    { attemptsPerSecond: 0, durationMs: 0 },
    { attemptsPerSecond: 0, durationMs: 1_000 },
    { attemptsPerSecond: 2, durationMs: 1_000 },
  ];
  expect(rampingAttempts(0, stages)).toBe(11);
  expect(rampingDueAtMs(0, stages, 0)).toBe(1_000);
  expect(rampingDueAtMs(0, stages, 9)).toBeCloseTo(1_900, 6);
  expect(rampingDueAtMs(0, stages, 10)).toBe(3_000);
});
