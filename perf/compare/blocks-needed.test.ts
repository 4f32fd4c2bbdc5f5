import { expect, test } from 'vitest';
import { blocksNeeded } from './blocks-needed.ts';

const limits = { minimumRatio: 0.03, toleranceRatio: 0.05 };
const tolerance = Math.log1p(0.05);

test('an interval that has to become half as wide takes four times the blocks', () => {
  expect(blocksNeeded({ lower: -2 * tolerance, estimate: 0, upper: 2 * tolerance }, limits, 12)).toBe(48);
});

test('beyond the minimum the shorter way counts: to leave zero, or the tolerance', () => {
  const estimate = Math.log1p(0.045);
  expect(blocksNeeded({ lower: -estimate, estimate, upper: 3 * estimate }, limits, 10)).toBe(40);
});

test('it is always more than there were', () => {
  const estimate = Math.log1p(0.0299);
  expect(blocksNeeded({ lower: 0.01, estimate, upper: tolerance }, limits, 28)).toBe(29);
});
