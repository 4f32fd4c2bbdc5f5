import type { Aggregation } from '../metrics/metric.ts';
import { recordedValues } from '../metrics/recorded-values.ts';
import type { Samples, TrendSamples } from '../metrics/samples.ts';
import { clopperPearson } from '../statistics/clopper-pearson.ts';
import { meanInterval, type WeightedValue } from '../statistics/mean-interval.ts';
import { quantileRanks } from '../statistics/quantile-ranks.ts';

/** How sure the intervals beside observed values are. */
export const intervalConfidence = 0.95;

/**
 * Where the true value lies with `intervalConfidence`, in the metric's unit; null where there are too few samples for a
 * bound. It speaks of this run: samples of one run depend on each other, and another run may differ by more.
 */
export interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** The value at a rank, 1 the smallest. */
const valueAtRank = (values: readonly WeightedValue[], rank: number | null): number | null => {
  if (rank === null) return null;
  let seen = 0;
  for (const { value, count } of values) {
    seen += count;
    if (seen >= rank) return value;
  }
  return null;
};

const percentileInterval = (samples: TrendSamples, percentile: number): Interval => {
  const { lower, upper } = quantileRanks({
    count: samples.count,
    quantile: percentile / 100,
    confidence: intervalConfidence,
  });
  const values = recordedValues(samples);
  return { lower: valueAtRank(values, lower), upper: valueAtRank(values, upper) };
};

const trendInterval = (samples: TrendSamples, aggregation: Aggregation<'trend'>): Interval | null => {
  switch (aggregation) {
    case 'mean':
      return meanInterval(recordedValues(samples), intervalConfidence);
    case 'p50':
    case 'p90':
    case 'p95':
    case 'p99':
      return percentileInterval(samples, Number(aggregation.slice(1)));
    // The ends of a run say nothing of the ends of another one.
    case 'min':
    case 'max':
      return null;
    default:
      return aggregation satisfies never;
  }
};

/**
 * The interval of an aggregation: of a mean Student's with Johnson's correction, of a percentile that of order statistics,
 * which needs no assumption about the distribution, of a ratio Clopper and Pearson's. Null where there is none.
 */
export const intervalOf = (samples: Samples | undefined, aggregation: Aggregation): Interval | null => {
  if (samples === undefined) return null;
  switch (samples.kind) {
    case 'trend':
      return samples.count === 0 ? null : trendInterval(samples, aggregation as Aggregation<'trend'>);
    case 'rate':
      return samples.total === 0
        ? null
        : clopperPearson({
            successes: samples.hits,
            trials: samples.total,
            confidence: intervalConfidence,
          });
    case 'counter':
    case 'gauge':
      return null;
    default:
      return samples satisfies never;
  }
};
