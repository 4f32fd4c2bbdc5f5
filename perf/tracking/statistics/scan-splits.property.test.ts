import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { scanSplits } from './scan-splits.ts';

const limits = { minimumLeft: 13, minimumRight: 5 };
// Few different values, so that many are equal.
const series = array(integer({ min: 0, max: 12 }), { minLength: 18, maxLength: 40 });

/** Counts the pairs of an earlier and a later value in which the later one is larger, half where they are equal. */
const statisticAt = (values: readonly number[], index: number): number => {
  const [earlier, later] = [values.slice(0, index), values.slice(index)];
  let larger = 0;
  for (const after of later)
    for (const before of earlier) larger += after > before ? 1 : after === before ? 0.5 : 0;
  const pairs = earlier.length * later.length;
  return (larger - pairs / 2) / Math.sqrt((pairs * (values.length + 1)) / 12);
};

test('no split has a larger statistic, counted pair by pair', () => {
  assert(
    property(series, (values) => {
      const split = scanSplits(values, limits);
      const all = values
        .map((_value, index) => index)
        .filter((index) => index >= limits.minimumLeft && values.length - index >= limits.minimumRight)
        .map((index) => statisticAt(values, index));
      expect(split?.statistic).toBeCloseTo(Math.max(...all), 9);
      expect(split?.statistic).toBeCloseTo(statisticAt(values, split?.index ?? 0), 9);
    }),
  );
});

test('a series too short to be split has no split', () => {
  expect(scanSplits([1, 2, 3], limits)).toBeNull();
});
