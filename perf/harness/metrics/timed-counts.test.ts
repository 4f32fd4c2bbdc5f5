import { expect, test } from 'vitest';
import { slotWidthMs } from './slot-grid.ts';
import { mergeTimedCounters, TimedCounter } from './timed-counter.ts';
import { mergeTimedRates, TimedRate } from './timed-rate.ts';

const grid = { warmUpMs: 1_500, slotMs: 1_000 };

test('a rate keeps its hits by slot, without the warm-up, and two merge to one', () => {
  const rate = new TimedRate(grid);
  for (const [isHit, atMs] of [
    [true, 1_499],
    [true, 3_000],
    [false, 1_500],
    [true, 1_999],
  ] as const) {
    rate.record(isHit, atMs);
  }
  const encoded = rate.encode();
  const slots = [
    { slot: 1, hits: 1, total: 2 },
    { slot: 3, hits: 1, total: 1 },
  ];
  expect(encoded).toEqual({ hits: 2, total: 3, leftOut: 1, slots });
  expect(mergeTimedRates([encoded, encoded])).toEqual({
    hits: 4,
    total: 6,
    leftOut: 2,
    slots: [
      { slot: 1, hits: 2, total: 4 },
      { slot: 3, hits: 2, total: 2 },
    ],
  });
});

test('a counter keeps its events by slot, without the warm-up, and two merge to one', () => {
  const counter = new TimedCounter(grid);
  for (const atMs of [0, 1_500, 2_000, 2_999]) counter.add(atMs);
  const encoded = counter.encode();
  expect(encoded).toEqual({
    count: 3,
    leftOut: 1,
    slots: [
      { slot: 1, count: 1 },
      { slot: 2, count: 2 },
    ],
  });
  expect(mergeTimedCounters([encoded, encoded])).toMatchObject({ count: 6, leftOut: 2 });
});

test.for([
  [1, 1_000],
  [600_000, 1_000],
  [600_001, 2_000],
  [3_600_000, 10_000],
  [86_400_000, 300_000],
  [3_000_000_000, 5_000_000],
])('a load of %i ms is cut into slots of %i ms', ([durationMs, widthMs]) => {
  expect(slotWidthMs(durationMs as number)).toBe(widthMs);
});
