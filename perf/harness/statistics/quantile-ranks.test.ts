import { expect, test } from 'vitest';
import golden from './golden/intervals.json' with { type: 'json' };
import { quantileRanks } from './quantile-ranks.ts';

test("the ranks are those that SciPy's binomial distribution gives", () => {
  for (const { lower, upper, ...given } of golden.quantileRanks)
    expect(quantileRanks(given), JSON.stringify(given)).toEqual({ lower, upper });
});

test('the median of eight lies between the first and the last with 99.2 %, the table of every textbook', () => {
  expect(quantileRanks({ count: 8, quantile: 0.5, confidence: 0.99 })).toEqual({ lower: 1, upper: 8 });
  expect(quantileRanks({ count: 7, quantile: 0.5, confidence: 0.99 })).toEqual({ lower: null, upper: null });
});

test('the p95 of too few samples has no upper bound', () => {
  expect(quantileRanks({ count: 20, quantile: 0.95, confidence: 0.95 }).upper).toBeNull();
});

test('no samples bound nothing', () => {
  expect(quantileRanks({ count: 0, quantile: 0.5, confidence: 0.95 })).toEqual({ lower: null, upper: null });
});
