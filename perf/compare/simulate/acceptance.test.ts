import { expect, test } from 'vitest';
import { acceptanceSizes, simulateAcceptance } from './acceptance.ts';
import { isContradicted, isMet } from './acceptance-row.ts';
import { describeRow } from './describe-row.ts';

const rows = simulateAcceptance(42, acceptanceSizes.short);

test('the short simulation contradicts no target, as far as so few trials can tell', () => {
  const contradicted = rows.filter((row) => isContradicted(row));
  expect(contradicted.map((row) => describeRow(row))).toEqual([]);
});

test('every group of the table that needs no server is there, for both machines', () => {
  expect(new Set(rows.map(({ group, machine }) => `${String(group)} ${machine}`))).toEqual(
    new Set([
      '1 typical',
      '1 noisy',
      '2 typical',
      '2 noisy',
      '3 typical',
      '3 noisy',
      '4 both',
      '6 typical',
      '6 noisy',
    ]),
  );
});

test.each([
  ['at most', 1, true, false],
  ['at most', 2, false, false],
  ['at most', 8, false, true],
  ['at least', 1, true, false],
  ['at least', 0, false, false],
] as const)(
  '%s one hundredth: with %d of 100 it is %s that it is met',
  (comparison, happened, met, contradicted) => {
    const row = { group: 1, title: '', machine: 'both', happened, trials: 100 } as const;
    const target = { comparison, ratio: 0.01 };
    expect(isMet({ ...row, target })).toBe(met);
    expect(isContradicted({ ...row, target })).toBe(contradicted);
  },
);

test('the same seed gives the same figures, another one others', () => {
  const tiny = { gates: 20, intervals: 200, changedHistories: 3, quietHistories: 1 };
  expect(simulateAcceptance(7, tiny)).toEqual(simulateAcceptance(7, tiny));
  expect(simulateAcceptance(8, tiny)).not.toEqual(simulateAcceptance(7, tiny));
});
