import { Distribution } from '../../harness/metrics/distribution.ts';
import type { TrendSamples } from '../../harness/metrics/samples.ts';

/** Points of the curve in each nine: 0 to 90 %, 90 to 99 %, and so on. */
const pointsPerNine = 24;

/** The places at which curves of so many samples are read: up to the last sample, and no nine beyond it. */
export const ninesOf = (samples: number): readonly number[] => {
  const last = Math.log10(Math.max(2, samples));
  const inside = Array.from(
    { length: Math.ceil(last * pointsPerNine) },
    (_none, point) => point / pointsPerNine,
  );
  return [...inside, last];
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
  const last = Math.log10(Math.max(2, trend.count));
  return nines.map((place) => {
    if (place > last) return null;
    return place === last ? trend.max : distribution.percentileMs(100 * (1 - 10 ** -place));
  });
};
