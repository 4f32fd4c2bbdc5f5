const cumulativeByCount = new Map<number, Float64Array>();

/**
 * P(T⁺ ≤ c) for c = 0 … k(k+1)/2, T⁺ the sum of the ranks of the positive ones among `count` = k differences that are
 * symmetric about zero: each rank is in or out with probability ½, added one rank at a time. Wilcoxon, Biometrics Bulletin
 * 1 (1945) 80; Hollander, Wolfe & Chicken, Nonparametric Statistical Methods (2014), §3.1. Exact up to k = 53.
 */
export const signedRankCumulative = (count: number): Float64Array => {
  const known = cumulativeByCount.get(count);
  if (known !== undefined) return known;
  const probabilities = new Float64Array((count * (count + 1)) / 2 + 1);
  probabilities[0] = 1;
  for (let rank = 1; rank <= count; rank += 1) {
    for (let sum = (rank * (rank + 1)) / 2; sum >= 0; sum -= 1)
      probabilities[sum] = ((probabilities[sum] ?? 0) + (probabilities[sum - rank] ?? 0)) / 2;
  }
  let total = 0;
  const cumulative = probabilities.map((probability) => (total += probability));
  cumulativeByCount.set(count, cumulative);
  return cumulative;
};

/** The largest c with P(T⁺ ≤ c) ≤ `alpha`; null when not even c = 0 is that rare, so that there is no bound. */
export const signedRankCritical = (count: number, alpha: number): number | null => {
  const firstTooLikely = signedRankCumulative(count).findIndex((probability) => probability > alpha);
  return firstTooLikely <= 0 ? null : firstTooLikely - 1;
};
