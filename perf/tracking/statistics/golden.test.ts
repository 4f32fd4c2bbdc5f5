import { expect, test } from 'vitest';
import criticalValues from './critical-values.json' with { type: 'json' };
import { binomialTail } from './binomial-tail.ts';
import { detectableEffect } from './detectable-effect.ts';
import { estimateShift } from './estimate-shift.ts';
import { estimateStep } from './estimate-step.ts';
import { fisherExact } from './fisher-exact.ts';
import golden from './golden/statistics.json' with { type: 'json' };
import { scanSplits } from './scan-splits.ts';

test("estimate and interval are those of SciPy's exact test, inverted", () => {
  for (const { differences, alpha, estimate, lower, upper } of golden.shifts) {
    const shift = estimateShift(differences, alpha);
    if (lower === null || upper === null) expect(shift).toBeNull();
    else {
      expect(shift?.estimate).toBeCloseTo(estimate, 12);
      expect(shift?.lower).toBeCloseTo(lower, 12);
      expect(shift?.upper).toBeCloseTo(upper, 12);
    }
  }
});

test("the smallest detectable effect is that of SciPy's quantiles", () => {
  for (const { differences, alpha, detectable } of golden.shifts)
    expect(detectableEffect(differences, alpha)).toBeCloseTo(detectable, 9);
});

test("Fisher's probability is SciPy's", () => {
  for (const { base, head, probability } of golden.fisher)
    expect(fisherExact(base, head), JSON.stringify({ base, head })).toBeCloseTo(probability, 9);
});

test("the binomial tail is SciPy's", () => {
  for (const { tail, ...given } of golden.binomial)
    expect(binomialTail(given), JSON.stringify(given)).toBeCloseTo(tail, 8);
});

test("the best split is that of SciPy's Mann–Whitney statistic at every split", () => {
  for (const { values, index, statistic, step } of golden.splits) {
    const split = scanSplits(values, { minimumLeft: 13, minimumRight: 5 });
    expect(split?.index).toBe(index);
    expect(split?.statistic).toBeCloseTo(statistic, 9);
    expect(estimateStep(values.slice(0, index), values.slice(index))).toBeCloseTo(step, 12);
  }
});

test('the simulated critical value of 18 points is the exact one', () => {
  expect(criticalValues[18]).toBeCloseTo(golden.criticalOf18, 5);
});
