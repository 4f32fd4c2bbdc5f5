import { expect, test } from 'vitest';
import { distributionOf } from './distribution-of.ts';

test('percentiles are those of the samples, in whatever order they came', () => {
  const samples = Array.from({ length: 1_000 }, (_, index) => ((index * 7) % 1_000) + 1);
  expect(distributionOf(samples)).toEqual({
    count: 1_000,
    mean: 500.5,
    min: 1,
    p50: 500.5,
    p90: 900.1,
    p95: 950.05,
    p99: 990.01,
    max: 1_000,
  });
});

test('nothing has no distribution', () => {
  expect(distributionOf([])).toBeNull();
});
