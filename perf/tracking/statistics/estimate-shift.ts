import { signedRankCritical } from './signed-rank.ts';

/** Where the centre of paired differences lies: the estimate, and the bounds that each err with at most α. */
export interface Shift {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** The averages (dᵢ + dⱼ)/2 of all pairs, i ≤ j, ascending. Walsh, Annals of Mathematical Statistics 20 (1949) 64. */
export const walshAverages = (differences: readonly number[]): Float64Array => {
  const averages = new Float64Array((differences.length * (differences.length + 1)) / 2);
  let position = 0;
  for (const [index, first] of differences.entries()) {
    for (let other = index; other < differences.length; other += 1) {
      averages[position] = (first + (differences[other] ?? 0)) / 2;
      position += 1;
    }
  }
  return averages.toSorted();
};

/**
 * The Hodges–Lehmann estimate and its exact interval from the signed-rank distribution; null when there are too few
 * differences for a bound at `alpha` (one-sided, each side). Hodges & Lehmann, Annals of Mathematical Statistics 34 (1963)
 * 598; Tukey's interval as in Hollander, Wolfe & Chicken, Nonparametric Statistical Methods (2014), §3.2–3.3.
 */
export const estimateShift = (differences: readonly number[], alpha: number): Shift | null => {
  const critical = signedRankCritical(differences.length, alpha);
  if (critical === null) return null;
  const averages = walshAverages(differences);
  const last = averages.length - 1;
  const at = (position: number): number => averages[position] ?? Number.NaN;
  return {
    estimate: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
    lower: at(critical),
    upper: at(last - critical),
  };
};
