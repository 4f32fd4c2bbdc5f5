import { median } from 'simple-statistics';

/**
 * By how much the later values lie above the earlier ones: the median of all differences, one of each. Hodges & Lehmann,
 * Annals of Mathematical Statistics 34 (1963) 598.
 */
export const estimateStep = (earlier: readonly number[], later: readonly number[]): number =>
  median(earlier.flatMap((before) => later.map((after) => after - before)));
