import jstat from 'jstat';

/** How often a value was seen. */
export interface WeightedValue {
  readonly value: number;
  readonly count: number;
}

/** An interval of a mean, in the values' unit. */
export interface MeanInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The two-sided interval of the mean by Student's t with Johnson's correction for a skewed distribution, as times are:
 * mean + m₃ / (6 s² n) ± t s / √n, m₃ the third central moment. Johnson, Journal of the American Statistical Association
 * 73 (1978) 536, eq. 2.7. Null with fewer than two samples.
 */
export const meanInterval = (values: readonly WeightedValue[], confidence: number): MeanInterval | null => {
  const sum = (of: (value: number) => number): number =>
    values.reduce((total, { value, count }) => total + count * of(value), 0);
  const samples = sum(() => 1);
  if (samples < 2) return null;
  const mean = sum((value) => value) / samples;
  const variance = sum((value) => (value - mean) ** 2) / (samples - 1);
  if (variance === 0) return { lower: mean, upper: mean };
  const thirdMoment = sum((value) => (value - mean) ** 3) / samples;
  const centre = mean + thirdMoment / (6 * variance * samples);
  const half = jstat.jStat.studentt.inv((1 + confidence) / 2, samples - 1) * Math.sqrt(variance / samples);
  return { lower: centre - half, upper: centre + half };
};
