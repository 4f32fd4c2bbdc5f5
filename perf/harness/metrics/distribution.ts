import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import type { Aggregation } from './metric.ts';
import type { TrendSamples } from './samples.ts';

const microsecondsPerMs = 1_000;
/** The longest value kept apart: one hour. Longer ones count as one hour in percentiles; mean and max stay exact. */
const highestMicroseconds = 3_600_000_000;

const emptyHistogram = (): Histogram =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicroseconds,
    numberOfSignificantValueDigits: 3,
    // Packed would take a tenth of the memory, and stall the generator for milliseconds whenever it is encoded.
    bitBucketSize: 32,
    useWebAssembly: false,
  });

/** A distribution as plain data: what agents send and the coordinator merges. */
export interface EncodedDistribution {
  readonly count: number;
  readonly sumMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  /** HDR histogram of microseconds, compressed, base64. */
  readonly histogram: string;
}

/** Values in ms, kept as an HDR histogram (3 significant digits), with exact count, sum, minimum and maximum. */
export class Distribution {
  readonly #histogram: Histogram = emptyHistogram();
  #count = 0;
  #sumMs = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = Number.NEGATIVE_INFINITY;

  static decode(encoded: EncodedDistribution): Distribution {
    const distribution = new Distribution();
    distribution.merge(encoded);
    return distribution;
  }

  record(valueMs: number, times = 1): void {
    const microseconds = Math.round(Math.max(0, valueMs) * microsecondsPerMs);
    this.#histogram.recordValueWithCount(Math.min(highestMicroseconds, microseconds), times);
    this.#count += times;
    this.#sumMs += valueMs * times;
    this.#minMs = Math.min(this.#minMs, valueMs);
    this.#maxMs = Math.max(this.#maxMs, valueMs);
  }

  /** Adds another distribution's values: the only way numbers of several agents come together. */
  merge(encoded: EncodedDistribution): void {
    if (encoded.count === 0) return;
    this.#histogram.add(decodeFromCompressedBase64(encoded.histogram));
    this.#count += encoded.count;
    this.#sumMs += encoded.sumMs;
    this.#minMs = Math.min(this.#minMs, encoded.minMs);
    this.#maxMs = Math.max(this.#maxMs, encoded.maxMs);
  }

  /** Adds another distribution's values, in the same process. */
  add(other: Distribution): void {
    this.#histogram.add(other.#histogram);
    this.#count += other.#count;
    this.#sumMs += other.#sumMs;
    this.#minMs = Math.min(this.#minMs, other.#minMs);
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  get count(): number {
    return this.#count;
  }

  /** One aggregation in ms; null when nothing was recorded. */
  aggregateMs(aggregation: Aggregation<'trend'>): number | null {
    if (this.#count === 0) return null;
    switch (aggregation) {
      case 'mean':
        return this.#sumMs / this.#count;
      case 'min':
        return this.#minMs;
      case 'max':
        return this.#maxMs;
      case 'p50':
      case 'p90':
      case 'p95':
      case 'p99':
        return this.percentileMs(Number(aggregation.slice(1)));
      default:
        return aggregation satisfies never;
    }
  }

  encode(): EncodedDistribution {
    return {
      count: this.#count,
      sumMs: this.#sumMs,
      minMs: this.#minMs,
      maxMs: this.#maxMs,
      histogram: encodeIntoCompressedBase64(this.#histogram),
    };
  }

  /** The value at a percentile (0–100) in ms; null when nothing was recorded. */
  percentileMs(percentile: number): number | null {
    if (this.#count === 0) return null;
    // A bucket may end beyond the largest value that fell into it.
    const value = this.#histogram.getValueAtPercentile(percentile) / microsecondsPerMs;
    return Math.min(this.#maxMs, Math.max(this.#minMs, value));
  }

  samples(): TrendSamples {
    return {
      kind: 'trend',
      unit: 'ms',
      count: this.#count,
      mean: this.aggregateMs('mean'),
      min: this.aggregateMs('min'),
      p50: this.aggregateMs('p50'),
      p90: this.aggregateMs('p90'),
      p95: this.aggregateMs('p95'),
      p99: this.aggregateMs('p99'),
      max: this.aggregateMs('max'),
      histogram: encodeIntoCompressedBase64(this.#histogram),
    };
  }
}

/** Several distributions as one: histograms added, percentiles never averaged. */
export const mergeDistributions = (parts: readonly EncodedDistribution[]): EncodedDistribution => {
  const whole = new Distribution();
  for (const part of parts) whole.merge(part);
  return whole.encode();
};
