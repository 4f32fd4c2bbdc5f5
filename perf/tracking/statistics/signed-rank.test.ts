import { expect, test } from 'vitest';
import golden from './golden/statistics.json' with { type: 'json' };
import { signedRankCritical, signedRankCumulative } from './signed-rank.ts';

/** P(T⁺ ≤ c) by trying every set of positive ranks. */
const byEnumeration = (count: number): readonly number[] => {
  const frequency = Array.from({ length: (count * (count + 1)) / 2 + 1 }, () => 0);
  for (let signs = 0; signs < 2 ** count; signs += 1) {
    let sum = 0;
    for (let rank = 1; rank <= count; rank += 1) if ((signs & (2 ** (rank - 1))) !== 0) sum += rank;
    frequency[sum] = (frequency[sum] ?? 0) + 1;
  }
  let total = 0;
  return frequency.map((times) => (total += times) / 2 ** count);
};

test.each([1, 2, 3, 5, 8, 11])('the distribution of %d ranks is the one that enumeration gives', (count) => {
  expect([...signedRankCumulative(count)]).toEqual(byEnumeration(count));
});

test("the tails are those of SciPy's exact test", () => {
  for (const { count, sum, probability } of golden.signedRankTails)
    expect(signedRankCumulative(count)[sum]).toBeCloseTo(probability, 12);
});

test.each([
  [8, 0.004, 0],
  [12, 0.003, 5],
  [20, 0.003, 33],
  [12, 0.004 / 3, 3],
  [18, 0.001, 18],
  [28, 0.001, 71],
])('%d differences at α = %d have c = %d', (count, alpha, critical) => {
  expect(signedRankCritical(count, alpha)).toBe(critical);
});

test('too few differences have no bound', () => {
  expect(signedRankCritical(7, 0.004)).toBeNull();
  expect(signedRankCritical(7, 0.5 ** 7)).toBe(0);
  expect(signedRankCritical(0, 0.004)).toBeNull();
});
