import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js';
import type { TrendSamples } from './samples.ts';

const microsecondsPerMs = 1_000;
/** The longest value kept apart: one hour. Longer ones count as one hour in percentiles; mean and max stay exact. */
const highestMicroseconds = 3_600_000_000;

const emptyHistogram = (significantDigits: 2 | 3): Histogram =>
  build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: highestMicroseconds,
    numberOfSignificantValueDigits: significantDigits,
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

/** Values in ms, kept as an HDR histogram (3 significant digits unless said otherwise), with exact count, sum, minimum and maximum. */
export class Distribution {
  readonly #histogram: Histogram;
  #count = 0;
  #sumMs = 0;
  #minMs = Number.POSITIVE_INFINITY;
  #maxMs = Number.NEGATIVE_INFINITY;

  constructor(significantDigits: 2 | 3 = 3) {
    this.#histogram = emptyHistogram(significantDigits);
  }

  static decode(encoded: EncodedDistribution): Distribution {
    const distribution = new Distribution();
    distribution.merge(encoded);
    return distribution;
  }

  record(valueMs: number): void {
    const microseconds = Math.round(Math.max(0, valueMs) * microsecondsPerMs);
    this.#histogram.recordValue(Math.min(highestMicroseconds, microseconds));
    this.#count += 1;
    this.#sumMs += valueMs;
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

  get count(): number {
    return this.#count;
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
    const isEmpty = this.#count === 0;
    return {
      kind: 'trend',
      unit: 'ms',
      count: this.#count,
      mean: isEmpty ? null : this.#sumMs / this.#count,
      min: isEmpty ? null : this.#minMs,
      p50: this.percentileMs(50),
      p90: this.percentileMs(90),
      p95: this.percentileMs(95),
      p99: this.percentileMs(99),
      max: isEmpty ? null : this.#maxMs,
      histogram: encodeIntoCompressedBase64(this.#histogram),
    };
  }
}
