import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { Distribution } from './distribution.ts';

const values = array(double({ min: 0, max: 600_000, noNaN: true }), { minLength: 1, maxLength: 200 });

const distributionOf = (valuesMs: readonly number[]): Distribution => {
  const distribution = new Distribution();
  for (const value of valuesMs) distribution.record(value);
  return distribution;
};

/** The smallest value that at least `percentile` per cent of all do not exceed. */
const nearestRank = (valuesMs: readonly number[], percentile: number): number => {
  const sorted = valuesMs.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percentile * sorted.length) / 100) - 1)] ?? Number.NaN;
};

test('percentiles are those of the sorted values, to 3 significant digits and whole microseconds', () => {
  assert(
    property(values, (valuesMs) => {
      const distribution = distributionOf(valuesMs);
      for (const percentile of [50, 90, 95, 99, 100]) {
        const exact = nearestRank(valuesMs, percentile);
        const given = distribution.percentileMs(percentile) ?? Number.NaN;
        expect(Math.abs(given - exact)).toBeLessThanOrEqual(exact * 0.001 + 0.001);
      }
    }),
  );
});

test('merging gives what recording everything into one gives', () => {
  assert(
    property(values, values, (left, right) => {
      const merged = distributionOf(left);
      merged.merge(distributionOf(right).encode());
      const { mean, ...rest } = merged.samples();
      const { mean: meanOfAll, ...restOfAll } = distributionOf([...left, ...right]).samples();
      expect(rest).toEqual(restOfAll);
      expect(mean).toBeCloseTo(meanOfAll ?? Number.NaN, 6);
    }),
    { numRuns: 50 },
  );
});

test('nothing recorded has a count of 0 and no value at all, also after a journey', () => {
  const nothing = { count: 0, mean: null, min: null, p50: null, p90: null, p95: null, p99: null, max: null };
  expect(new Distribution().samples()).toMatchObject(nothing);
  expect(Distribution.decode(new Distribution().encode()).samples()).toMatchObject(nothing);
});

test('a value beyond an hour keeps mean and maximum exact', () => {
  const twoHoursMs = 7_200_000;
  expect(distributionOf([twoHoursMs]).samples()).toMatchObject({ mean: twoHoursMs, max: twoHoursMs });
});
