import { expect, test } from 'vitest';
import { describeSuccessRate, judgeSuccessRate } from './judge-success-rate.ts';

const all = { successes: 7_200, trials: 7_200 };

test.each([
  ['36 of 7,200 fewer: half a point', 7_164, 'fail'],
  ['35 fewer: certain, and less than half a point', 7_165, 'not-shown'],
  ['as many', 7_200, 'not-shown'],
])('%s', (_what, successes, outcome) => {
  expect(judgeSuccessRate(all, { successes, trials: 7_200 })?.outcome).toBe(outcome);
});

test('one of twenty fewer is five points, and nothing to be sure of', () => {
  const verdict = judgeSuccessRate({ successes: 20, trials: 20 }, { successes: 19, trials: 20 });
  expect(verdict?.outcome).toBe('not-shown');
  expect(verdict?.probability).toBeCloseTo(0.5, 9);
});

test('without attempts there is no verdict', () => {
  expect(judgeSuccessRate(all, { successes: 0, trials: 0 })).toBeNull();
});

test('the line says how much lower, or which drop is ruled out', () => {
  const lines = [7_100, 7_200].map((successes) => {
    const verdict = judgeSuccessRate(all, { successes, trials: 7_200 });
    return verdict === null ? '' : describeSuccessRate(verdict);
  });
  expect(lines).toMatchInlineSnapshot(`
    [
      "FAIL success rate: 1.4 points lower, base 7,200 of 7,200 → head 7,100 of 7,200 (p = 6e-31). Limit: 0.5 points.",
      "success rate: base 7,200 of 7,200 → head 7,200 of 7,200; a drop of more than 0.1 points is ruled out",
    ]
  `);
});
