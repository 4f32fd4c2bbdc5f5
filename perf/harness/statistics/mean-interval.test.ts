import { expect, test } from 'vitest';
import golden from './golden/mean-intervals.json' with { type: 'json' };
import { meanInterval } from './mean-interval.ts';

test("the interval is that of SciPy's t and moments", () => {
  let values: readonly number[] = [];
  for (const { name, confidence, lower, upper, values: given } of golden.cases) {
    // The confidences of one sample follow one another, and the first of them brings it.
    values = given ?? values;
    const interval = meanInterval(
      values.map((value) => ({ value, count: 1 })),
      confidence,
    );
    const tolerance = (upper - lower) * 1e-6;
    expect(Math.abs((interval?.lower ?? Number.NaN) - lower), name).toBeLessThanOrEqual(tolerance);
    expect(Math.abs((interval?.upper ?? Number.NaN) - upper), name).toBeLessThanOrEqual(tolerance);
  }
});

test('a value that was seen several times counts as often', () => {
  const twice = [1, 1, 4, 9].map((value) => ({ value, count: 1 }));
  const weighted = [1, 4, 9].map((value) => ({ value, count: value === 1 ? 2 : 1 }));
  expect(meanInterval(weighted, 0.95)).toEqual(meanInterval(twice, 0.95));
});

test('one sample has no interval, and equal samples have one of no width', () => {
  expect(meanInterval([{ value: 3, count: 1 }], 0.95)).toBeNull();
  expect(meanInterval([{ value: 3, count: 5 }], 0.95)).toEqual({ lower: 3, upper: 3 });
});
