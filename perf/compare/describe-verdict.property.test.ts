import { array, assert, constantFrom, double, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { comparedMetrics } from './compared-metric.ts';
import { describeMetricVerdict } from './describe-verdict.ts';
import { judgeMetric } from './judge-metric.ts';
import { planLooks } from './look-plan.ts';

const cases = record({
  metric: constantFrom(...comparedMetrics),
  change: double({ min: -0.3, max: 0.3, noNaN: true }),
  scatter: constantFrom(0.002, 0.02, 0.1),
  noise: array(double({ min: -1, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
});

/** The two bounds that a line shows, as ratios. */
const shownBounds = (line: string): readonly number[] => {
  const [, low = '', high = ''] = /([+−]?[\d.]+) … ([+−]?[\d.]+) %/u.exec(line) ?? [];
  return [low, high].map((text) => Number(text.replace('−', '-')) / 100);
};

test('no line claims more than the interval behind it', () => {
  assert(
    property(cases, ({ metric, change, scatter, noise }) => {
      const blocks = noise.map((value) => ({ base: 3, head: 3 * Math.exp(change + scatter * value) }));
      const verdict = judgeMetric(metric, blocks, planLooks(1));
      if (verdict.outcome === 'open' || verdict.outcome === 'no-data')
        throw new TypeError(`All looks were reached, but it is ${verdict.outcome}.`);
      const line = describeMetricVerdict(metric, verdict, 'again');
      const { lower, estimate, upper } = verdict.evidence.shift;
      const { minimumRatio, toleranceRatio } = metric.limits;
      // The change of head against base: where higher is better a loss is a change below zero.
      const [low = 0, high = 0] = [lower, upper]
        .map((loss) => Math.expm1(metric.better === 'lower' ? loss : -loss))
        .toSorted((a, b) => a - b);
      const [shownLow = 0, shownHigh = 0] = shownBounds(line);
      expect(shownLow).toBeLessThanOrEqual(low + 1e-12);
      expect(shownHigh).toBeGreaterThanOrEqual(high - 1e-12);
      expect(line.startsWith('FAIL ')).toBe(verdict.outcome === 'fail');
      expect(line.includes('is ruled out')).toBe(verdict.outcome === 'pass');
      if (verdict.outcome === 'fail') {
        expect(lower).toBeGreaterThan(0);
        expect(estimate).toBeGreaterThanOrEqual(Math.log1p(minimumRatio));
      }
      if (verdict.outcome === 'pass') expect(upper).toBeLessThan(Math.log1p(toleranceRatio));
      if (verdict.outcome === 'inconclusive') {
        expect(line).toContain('Not a pass.');
        expect(upper).toBeGreaterThanOrEqual(Math.log1p(toleranceRatio));
      }
    }),
    { numRuns: 2_000 },
  );
});
