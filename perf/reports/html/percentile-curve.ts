import { Distribution } from '../../harness/metrics/distribution.ts';
import type { TrendSamples } from '../../harness/metrics/samples.ts';

/** Points of the curve in each nine: 0 to 90 %, 90 to 99 %, and so on. */
const pointsPerNine = 24;

/** The place of a trend's last sample; there is no percentile beyond it. */
const lastPlace = ({ count }: Pick<TrendSamples, 'count'>): number => Math.log10(Math.max(2, count));

/** The places at which the curves of some trends are read: evenly up to the last sample, and at the last one of each. */
export const ninesOf = (trends: readonly Pick<TrendSamples, 'count'>[]): readonly number[] => {
  const lasts = trends.map(lastPlace);
  const evenly = Array.from(
    { length: Math.ceil(Math.max(0, ...lasts) * pointsPerNine) },
    (_none, point) => point / pointsPerNine,
  );
  return [...new Set([...evenly, ...lasts])].toSorted((a, b) => a - b);
};

const distributionOf = ({ count, mean, min, max, histogram }: TrendSamples): Distribution =>
  Distribution.decode({
    count,
    sumMs: (mean ?? 0) * count,
    minMs: min ?? 0,
    maxMs: max ?? 0,
    histogram,
  });

/** The values of a trend at the wanted places; null beyond its last sample, where there is no such percentile. */
export const valuesAtNines = (trend: TrendSamples, nines: readonly number[]): readonly (number | null)[] => {
  const distribution = distributionOf(trend);
  const last = lastPlace(trend);
  return nines.map((place) => {
    if (place > last) return null;
    return place === last ? trend.max : distribution.percentileMs(100 * (1 - 10 ** -place));
  });
};
