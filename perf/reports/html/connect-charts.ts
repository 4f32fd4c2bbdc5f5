import type { Metric } from '../../harness/metrics/metric.ts';
import * as metrics from '../../harness/metrics/catalogue.ts';
import type { TrendSamples } from '../../harness/metrics/samples.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { describeThreshold } from '../../harness/thresholds/describe-verdict.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import type { Chart, ChartSeries } from './chart.ts';
import { histogramBins } from '../histogram-bins.ts';
import { ninesOf, valuesAtNines } from './percentile-curve.ts';

/** A limit farther away than this from the values is not drawn: it would leave no room for them. */
const farthestLimit = 4;
/** How much higher than the highest bar the axis reaches: the two marks have their texts there. */
const roomForMarks = 1.2;

/** A metric with its numbers, where a run has any. */
interface TakenTrend {
  readonly metric: Metric<'trend'>;
  readonly samples: TrendSamples;
}

/** Those of some metrics that a run has numbers of. */
const takenTrends = (
  { metrics: summary }: Pick<RunRecord, 'metrics'>,
  wanted: readonly Metric<'trend'>[],
): readonly TakenTrend[] =>
  wanted.flatMap((metric) => {
    const samples = summary[metric.name];
    return samples?.kind === 'trend' && samples.count > 0 ? [{ metric, samples }] : [];
  });

const colors = [1, 2, 3, 4] as const;

const limitsOf = (
  { verdicts }: Pick<RunRecord, 'verdicts'>,
  trends: readonly TakenTrend[],
): NonNullable<Chart['limits']> => {
  const longest = Math.max(...trends.map(({ samples }) => samples.max ?? 0));
  return verdicts
    .map(({ threshold }) => threshold)
    .filter(({ metric, limit }) => {
      const isShown = trends.some((trend) => trend.metric.name === metric.name);
      return isShown && limit <= longest * farthestLimit;
    })
    .map((threshold) => ({ value: threshold.limit, text: describeThreshold(threshold) }));
};

/** Up to four distributions by percentile over each other; null where there is none. */
export const percentileChart = (
  id: string,
  title: string,
  record: Pick<RunRecord, 'metrics' | 'verdicts'>,
  wanted: readonly Metric<'trend'>[],
): Chart | null => {
  const trends = takenTrends(record, wanted).slice(0, colors.length);
  const [main] = trends;
  if (main === undefined) return null;
  const at = ninesOf(trends.map((trend) => trend.samples));
  const limits = limitsOf(record, trends);
  const highest = Math.max(...limits.map(({ value }) => value), 0);
  const { samples } = main;
  return {
    id,
    title,
    summary:
      `${main.metric.title}: half within ${formatQuantity(samples.p50, 'ms')}, 95 % within ${formatQuantity(samples.p95, 'ms')}, ` +
      `the longest ${formatQuantity(samples.max, 'ms')} (${samples.count.toLocaleString('en')} samples). Each nine of the percentile takes the same room.`,
    x: { label: 'percentile', format: 'nines' },
    y: [{ label: 'at most', format: 'ms', scale: 'log', ...(highest > 0 && { until: highest }) }],
    at,
    series: trends.map(({ metric, samples: values }, place): ChartSeries => {
      const ofMetric = valuesAtNines(values, at);
      return {
        label: metric.title,
        // A logarithmic axis has no 0: what took less than a microsecond is drawn as one.
        values: ofMetric.map((value) => (value === null ? null : Math.max(0.001, value))),
        color: colors[place] ?? 1,
        draw: place === 0 ? 'line' : 'dashes',
      };
    }),
    limits,
  };
};

/** How often each time was seen, on a logarithmic scale; null where there is nothing to count. */
export const histogramChart = (
  id: string,
  record: Pick<RunRecord, 'metrics'>,
  wanted: Metric<'trend'> = metrics.connectTime,
): Chart | null => {
  const [trend] = takenTrends(record, [wanted]);
  if (trend === undefined) return null;
  const bins = histogramBins(trend.samples);
  const [highest] = bins.toSorted((a, b) => b.count - a.count);
  if (highest === undefined) return null;
  const { p50, p95 } = trend.samples;
  return {
    id,
    title: `How often each ${wanted.title} was seen`,
    summary:
      `Most often between ${formatQuantity(highest.from, 'ms')} and ${formatQuantity(highest.until, 'ms')}: ` +
      `${highest.count.toLocaleString('en')} of ${trend.samples.count.toLocaleString('en')}. Bins are equally wide on the logarithmic scale.`,
    x: { label: wanted.title, format: 'ms', scale: 'log' },
    y: [{ label: 'connections', format: 'count', from: 0, until: highest.count * roomForMarks }],
    at: [...bins.map(({ from }) => from), bins.at(-1)?.until ?? 0],
    // The last edge ends the last bin.
    series: [
      {
        label: 'connections from here to the next edge',
        values: [...bins.map(({ count }) => count), 0],
        color: 1,
        draw: 'bars',
      },
    ],
    marks: [
      ...(p50 === null ? [] : [{ at: p50, text: `p50 ${formatQuantity(p50, 'ms')}` }]),
      ...(p95 === null ? [] : [{ at: p95, text: `p95 ${formatQuantity(p95, 'ms')}` }]),
    ],
  };
};
