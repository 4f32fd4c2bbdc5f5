import { expect, test } from 'vitest';
import { acceptanceSizes, simulateAcceptance } from './acceptance.ts';
import { isMet } from './acceptance-row.ts';
import { describeRow } from './describe-row.ts';

test('the full simulation meets every target', () => {
  const missed = simulateAcceptance(2_026, acceptanceSizes.full).filter((row) => !isMet(row));
  expect(missed.map((row) => describeRow(row))).toEqual([]);
});
