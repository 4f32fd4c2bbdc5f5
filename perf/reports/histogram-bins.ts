import { recordedValues } from '../harness/metrics/recorded-values.ts';
import type { TrendSamples } from '../harness/metrics/samples.ts';

const fewestBins = 8;
const mostInChart = 60;
/** What the histogram can not tell from 0, in ms. */
const smallestValue = 0.001;

/** How many values fell between two edges: from the first, up to and without the second. */
export interface HistogramBin {
  readonly from: number;
  readonly until: number;
  readonly count: number;
}

/** The values of a trend in bins that are equally wide on a logarithmic scale; as many as its size bears (Rice's rule, 2 n^⅓). */
export const histogramBins = (trend: TrendSamples, mostBins = mostInChart): readonly HistogramBin[] => {
  const values = recordedValues(trend);
  const [first, last] = [values.at(0), values.at(-1)];
  if (first === undefined || last === undefined) return [];
  const low = Math.max(smallestValue, first.value);
  const high = Math.max(low, last.value);
  // A single value, or nearly so, gets one bin that can be seen.
  if (high / low < 1.001) return [{ from: low / 1.05, until: low * 1.05, count: trend.count }];
  const bins = Math.min(mostBins, Math.max(fewestBins, Math.ceil(2 * Math.cbrt(trend.count))));
  const width = Math.log(high / low) / bins;
  const counts = Array.from({ length: bins }, () => 0);
  for (const { value, count } of values) {
    const place = Math.min(bins - 1, Math.max(0, Math.floor(Math.log(value / low) / width)));
    counts[place] = (counts[place] ?? 0) + count;
  }
  const edge = (place: number): number => low * Math.exp(place * width);
  return counts.map((count, place) => ({ from: edge(place), until: edge(place + 1), count }));
};
