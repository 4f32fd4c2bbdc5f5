import { expect, test } from 'vitest';
import { signedRankCritical } from '../tracking/statistics/signed-rank.ts';
import { planLooks } from './look-plan.ts';

test.each([
  [1, [8, 12, 20], [0, 5, 33]],
  [2, [12, 18, 28], null],
  [3, [12, 18, 28], [3, 18, 71]],
  [4, [14, 20, 32], null],
  [5, [14, 20, 32], null],
  [6, [16, 24, 36], null],
])('%d gated metrics are looked at with %j blocks', (metrics, blocks, critical) => {
  const plan = planLooks(metrics);
  expect(plan.map((look) => look.blocks)).toEqual(blocks);
  if (critical !== null)
    expect(plan.map((look) => signedRankCritical(look.blocks, look.alpha))).toEqual(critical);
});

test.each([1, 2, 3, 4, 5, 8, 40])(
  '%d metrics spend one hundredth together over all their looks',
  (metrics) => {
    const spent = planLooks(metrics).reduce((sum, { alpha }) => sum + alpha, 0);
    expect(spent * metrics).toBeCloseTo(0.01, 12);
  },
);

test('a look at which no bound exists is left out, and its error is not spent elsewhere', () => {
  const plan = planLooks(300);
  expect(plan.map((look) => look.blocks)).toEqual([24, 36]);
  expect(plan[0]?.alpha).toBeCloseTo((0.01 / 300) * 0.3, 12);
});

test('slices are looked at up to 32 times', () => {
  expect(planLooks(1, 'slices').map((look) => look.blocks)).toEqual([14, 20, 32]);
  expect(planLooks(9, 'slices').map((look) => look.blocks)).toEqual([16, 24, 32]);
});
