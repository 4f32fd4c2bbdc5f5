import type { Aggregation, Metric, MetricKind, Unit } from './metric.ts';

/** The numbers of a trend, ready to be stored: aggregates and the HDR histogram they come from. */
export interface TrendSamples {
  readonly kind: 'trend';
  readonly unit: Unit;
  readonly count: number;
  /** All null when `count` is 0. Percentiles are precise to 3 significant digits; mean, min and max are exact. */
  readonly mean: number | null;
  readonly min: number | null;
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
  /** HDR histogram of microseconds, compressed, base64 (`hdr-histogram-js`, V2 encoding). */
  readonly histogram: string;
}

/** A share of a total. */
export interface RateSamples {
  readonly kind: 'rate';
  readonly hits: number;
  readonly total: number;
}

/** A number of events. */
export interface CounterSamples {
  readonly kind: 'counter';
  readonly count: number;
  /** Of how many connections the events come: 0 means that nothing could have been counted. */
  readonly connections: number;
}

/** One value, or null where it could not be taken. */
export interface GaugeSamples {
  readonly kind: 'gauge';
  readonly unit: Unit;
  readonly value: number | null;
  /** How many readings the value comes from. */
  readonly readings: number;
}

/** The numbers of one metric in one run; plain data. */
export type Samples = TrendSamples | RateSamples | CounterSamples | GaugeSamples;

/** All metrics of a run by name; a metric that was not taken is absent. */
export type Summary = Readonly<Record<string, Samples>>;

/** How many observations stand behind the samples. */
export const sampleCount = (samples: Samples): number => {
  switch (samples.kind) {
    case 'trend':
      return samples.count;
    case 'rate':
      return samples.total;
    case 'counter':
      return samples.connections;
    case 'gauge':
      return samples.value === null ? 0 : samples.readings;
    default:
      return samples satisfies never;
  }
};

/** The aggregated value, or null where there is no data for it. */
export const aggregate = <Kind extends MetricKind>(
  summary: Summary,
  metric: Metric<Kind>,
  aggregation: Aggregation<Kind>,
): number | null => {
  const samples = summary[metric.name];
  if (samples === undefined || sampleCount(samples) === 0) return null;
  switch (samples.kind) {
    case 'trend':
      return samples[aggregation as Aggregation<'trend'>];
    case 'rate':
      return samples.hits / samples.total;
    case 'counter':
      return aggregation === 'perConnection' ? samples.count / samples.connections : samples.count;
    case 'gauge':
      return samples.value;
    default:
      return samples satisfies never;
  }
};
