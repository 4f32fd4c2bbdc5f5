import jstat from 'jstat';

/** Ranks among the sorted samples, 1 the smallest; null where no sample is far enough out to be a bound. */
export interface QuantileRanks {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The smallest of 1 … `count` for which it holds, `count` + 1 when for none; it must hold for all above that one. */
const smallestWhere = (count: number, holds: (rank: number) => boolean): number => {
  let [left, right] = [1, count + 1];
  while (left < right) {
    const middle = Math.floor((left + right) / 2);
    if (holds(middle)) right = middle;
    else left = middle + 1;
  }
  return left;
};

/**
 * Which two of `count` sorted samples enclose the true quantile (0–1) with at least `confidence`, whatever the samples'
 * distribution: the number of samples at or below it is binomial. David & Nagaraja, Order Statistics (2003), §7.1.
 */
export const quantileRanks = ({
  count,
  quantile,
  confidence,
}: {
  readonly count: number;
  readonly quantile: number;
  readonly confidence: number;
}): QuantileRanks => {
  // Rounding must not decide where a tail is exactly what is allowed.
  const tail = ((1 - confidence) / 2) * (1 + 1e-9);
  // Sample `rank` lies above the quantile when fewer than `rank` samples are at or below it, and below it when at least
  // `rank` are: binomial tails, I_p(rank, n − rank + 1) and its complement (DLMF 8.17.5).
  const liesAbove = (rank: number): number => jstat.jStat.ibeta(1 - quantile, count - rank + 1, rank);
  const liesBelow = (rank: number): number => jstat.jStat.ibeta(quantile, rank, count - rank + 1);
  const firstTooHigh = smallestWhere(count, (rank) => liesAbove(rank) > tail);
  const upper = smallestWhere(count, (rank) => liesBelow(rank) <= tail);
  return { lower: firstTooHigh === 1 ? null : firstTooHigh - 1, upper: upper > count ? null : upper };
};
