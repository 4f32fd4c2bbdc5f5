import { decodeFromCompressedBase64, JsHistogram } from 'hdr-histogram-js';
import type { WeightedValue } from '../statistics/mean-interval.ts';
import type { TrendSamples } from './samples.ts';

const microsecondsPerMs = 1_000;

/** The values of a trend in its unit, smallest first, to 3 significant digits, each with how often it was seen. */
export const recordedValues = ({ histogram, min, max }: TrendSamples): readonly WeightedValue[] => {
  if (min === null || max === null) return [];
  const decoded = decodeFromCompressedBase64(histogram);
  if (!(decoded instanceof JsHistogram)) throw new Error('A histogram of WebAssembly can not be read.');
  return Array.from({ length: decoded.countsArrayLength }, (_, index) => index).flatMap((index) => {
    const count = decoded.getCountAtIndex(index);
    if (count === 0) return [];
    const value = decoded.highestEquivalentValue(decoded.valueFromIndex(index)) / microsecondsPerMs;
    // As for percentiles: a bucket may end beyond the largest value that fell into it.
    return [{ value: Math.min(max, Math.max(min, value)), count }];
  });
};
