import { expect, test } from 'vitest';
import { judgeShift } from './judge-shift.ts';

const limits = { minimumRatio: 0.03, toleranceRatio: 0.05 };
const at = (ratio: number): number => Math.log1p(ratio);

test.each([
  ['certain and large enough', 0.01, 0.04, 0.08, 'fail'],
  ['certain, large enough, and below the tolerance', 0.031, 0.035, 0.045, 'fail'],
  ['exactly the minimum', 0.001, 0.03, 0.08, 'fail'],
  ['certain and just too small', 0.001, 0.0299, 0.08, 'open'],
  ['certain and too small, below the tolerance', 0.01, 0.02, 0.03, 'pass'],
  ['large enough and not certain', 0, 0.06, 0.12, 'open'],
  ['around nothing, below the tolerance', -0.02, 0, 0.0499, 'pass'],
  ['around nothing, up to the tolerance', -0.05, 0, 0.05, 'open'],
  ['clearly better', -0.3, -0.2, -0.1, 'pass'],
] as const)('a loss %s: from %d over %d to %d is judged %s', (_what, lower, estimate, upper, outcome) => {
  const shift = { lower: at(lower), estimate: at(estimate), upper: at(upper) };
  expect(judgeShift(shift, limits)).toBe(outcome);
});
