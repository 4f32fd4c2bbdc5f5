import { max, mean, min, quantileSorted } from 'simple-statistics';

/** What is kept of all operations of one side taken together, in the metric's unit. */
export interface Distribution {
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Moments and percentiles of samples, of the samples themselves and never of percentiles; null without any. */
export const distributionOf = (samples: readonly number[]): Distribution | null => {
  if (samples.length === 0) return null;
  const sorted = samples.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    mean: mean(sorted),
    min: min(sorted),
    p50: quantileSorted(sorted, 0.5),
    p90: quantileSorted(sorted, 0.9),
    p95: quantileSorted(sorted, 0.95),
    p99: quantileSorted(sorted, 0.99),
    max: max(sorted),
  };
};
