import { array, assert, double, integer, property, uniqueArray } from 'fast-check';
import { median } from 'simple-statistics';
import { expect, test } from 'vitest';
import { estimateShift, walshAverages } from './estimate-shift.ts';

const differences = array(double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 24 });
const alpha = 0.004;

/** P(T⁺ ≥ observed) for a shift, by trying all signs of the differences less that shift. */
const probabilityOf = (values: readonly number[], shift: number): number => {
  const centred = values.map((value) => value - shift).toSorted((a, b) => Math.abs(a) - Math.abs(b));
  const observed = centred.reduce((sum, value, index) => sum + (value > 0 ? index + 1 : 0), 0);
  let atLeast = 0;
  for (let signs = 0; signs < 2 ** centred.length; signs += 1) {
    let sum = 0;
    for (const index of centred.keys()) if ((signs & (2 ** index)) !== 0) sum += index + 1;
    if (sum >= observed) atLeast += 1;
  }
  return atLeast / 2 ** centred.length;
};

test('the estimate is the median of the Walsh averages and lies within its bounds', () => {
  assert(
    property(differences, (values) => {
      const shift = estimateShift(values, alpha);
      expect(shift?.estimate).toBeCloseTo(median([...walshAverages(values)]), 12);
      expect(shift?.lower).toBeLessThanOrEqual(shift?.estimate ?? Number.NaN);
      expect(shift?.upper).toBeGreaterThanOrEqual(shift?.estimate ?? Number.NaN);
    }),
  );
});

test('turning all signs turns the interval about', () => {
  assert(
    property(differences, (values) => {
      const shift = estimateShift(values, alpha);
      const turned = estimateShift(
        values.map((value) => -value),
        alpha,
      );
      expect(turned?.lower).toBeCloseTo(-(shift?.upper ?? Number.NaN), 12);
      expect(turned?.estimate).toBeCloseTo(-(shift?.estimate ?? Number.NaN), 12);
    }),
  );
});

test('the lower bound is where the test by enumeration of all signs stops to reject', () => {
  const separate = uniqueArray(integer({ min: -5_000, max: 5_000 }), { minLength: 8, maxLength: 10 })
    // Powers make all sums of two differ, so that no Walsh average stands twice.
    .map((values) => values.map((value, index) => value / 1_000 + 1e-7 * 3 ** index));
  assert(
    property(separate, (values) => {
      const { lower } = estimateShift(values, alpha) ?? { lower: Number.NaN };
      expect(probabilityOf(values, lower - 1e-9)).toBeLessThanOrEqual(alpha);
      expect(probabilityOf(values, lower + 1e-9)).toBeGreaterThan(alpha);
    }),
    { numRuns: 30 },
  );
});
