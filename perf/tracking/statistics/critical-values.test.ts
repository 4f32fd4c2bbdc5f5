import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { expect, test } from 'vitest';
import { clopperPearson } from '../../harness/statistics/clopper-pearson.ts';
import criticalValues from './critical-values.json' with { type: 'json' };
import { scanSplits } from './scan-splits.ts';

const trials = 20_000;

test.each([
  [18, criticalValues[18]],
  [26, criticalValues[26]],
  [40, criticalValues[40]],
])('of %d points without a change, one series in a thousand reaches %d', (points, critical) => {
  const generator = xoroshiro128plus(points);
  let reached = 0;
  for (let trial = 0; trial < trials; trial += 1) {
    const values = Array.from({ length: points }, () => uniformFloat64(generator));
    const split = scanSplits(values, { minimumLeft: 13, minimumRight: 5 });
    if (split !== null && split.statistic >= critical) reached += 1;
  }
  const { lower, upper } = clopperPearson({ successes: reached, trials, confidence: 0.99 });
  expect(lower).toBeLessThan(0.001);
  expect(upper).toBeGreaterThan(0.001);
});

test('every number of points from 18 to 40 has its value, and each is above the one before', () => {
  const values = Object.values(criticalValues);
  expect(Object.keys(criticalValues)).toEqual(
    Array.from({ length: 23 }, (_none, index) => String(18 + index)),
  );
  expect(values).toEqual(values.toSorted((a, b) => a - b));
});
