import type { Comparison } from '../../compare/comparison-record.ts';
import { formatEstimate } from '../../compare/format-change.ts';
import type { Chart, ChartAxis } from './chart.ts';
import { limitsOfMetric } from './metric-limits.ts';

type Metric = Comparison['metrics'][number];
type Distribution = NonNullable<Metric['distributions']['base']>;

const axisOf = ({ unit }: Metric): ChartAxis =>
  unit === 'ms' ? { label: 'at most', format: 'ms', scale: 'log' } : { label: unit, format: 'unit', unit };

/** Where a distribution is known: as places on the axis of nines, the largest value at the last operation's. */
const knownPlaces = (distribution: Distribution): ReadonlyMap<number, number> =>
  new Map([
    [0, distribution.min],
    [Math.log10(2), distribution.p50],
    [1, distribution.p90],
    [Math.log10(20), distribution.p95],
    [2, distribution.p99],
    // A side with no more than a hundred operations has its largest value among these already.
    ...(distribution.count > 100 ? ([[Math.log10(distribution.count), distribution.max]] as const) : []),
  ]);

/** All operations of base and of head over each other, by percentile; null where a side's are not known. */
const distributionChart = (metric: Metric): Chart | null => {
  const { base, head } = metric.distributions;
  if (base === null || head === null) return null;
  const [ofBase, ofHead] = [knownPlaces(base), knownPlaces(head)];
  const at = [...new Set([...ofBase.keys(), ...ofHead.keys()])].toSorted((a, b) => a - b);
  return {
    id: `${metric.name}-distribution`,
    title: `${metric.title}: all operations of base and head`,
    summary: `${base.count.toLocaleString('en')} operations on base, ${head.count.toLocaleString('en')} on head. Each nine of the percentile takes the same room.`,
    x: { label: 'percentile', format: 'nines' },
    y: [axisOf(metric)],
    at,
    series: [
      { label: 'base', values: at.map((place) => ofBase.get(place) ?? null), color: 1, draw: 'line' },
      { label: 'head', values: at.map((place) => ofHead.get(place) ?? null), color: 2, draw: 'dashes' },
    ],
  };
};

/** How head stood to base in each block, with the estimate over all of them and what it is judged by. */
const blocksChart = (metric: Metric): Chart | null => {
  const { base, head, better, estimate, lower, upper } = metric;
  const changes = base.map((value, block) => {
    const other = head[block] ?? null;
    return value === null || other === null || value <= 0 || other <= 0 ? null : Math.log(other / value);
  });
  if (changes.every((change) => change === null)) return null;
  const change = (loss: number | null): number | null =>
    loss === null ? null : better === 'lower' ? loss : -loss;
  const everywhere = (loss: number | null): readonly (number | null)[] => changes.map(() => change(loss));
  const limits = limitsOfMetric(metric);
  const farthest = limits.map((limit) => limit.change);
  return {
    id: `${metric.name}-blocks`,
    title: `${metric.title}: head against base, block by block`,
    summary:
      `${better === 'lower' ? 'Above' : 'Below'} zero head is worse. ` +
      (estimate === null
        ? 'There is no estimate.'
        : `Over all blocks: ${formatEstimate(estimate, better)}; the band is its interval.`),
    x: { label: 'block', format: 'count' },
    y: [
      {
        label: 'change',
        format: 'log-ratio',
        from: Math.min(0, ...farthest),
        until: Math.max(0, ...farthest),
      },
    ],
    at: changes.map((_change, block) => block + 1),
    series: [
      { label: 'head against base', values: changes, color: 1, draw: 'points' },
      { label: 'estimate', values: everywhere(estimate), color: 3, draw: 'steady' },
      { label: 'upper bound', values: everywhere(upper), color: 3, draw: 'hidden' },
      { label: 'lower bound', values: everywhere(lower), color: 3, draw: 'hidden' },
    ],
    band: better === 'lower' ? [2, 3] : [3, 2],
    limits: [
      { value: 0, text: '' },
      ...limits.map((limit) => ({ value: limit.change, text: `${limit.name} ${limit.text}` })),
    ],
  };
};

/** What is drawn of one compared metric. */
export const comparisonCharts = (metric: Metric): readonly Chart[] =>
  [blocksChart(metric), distributionChart(metric)].filter((chart) => chart !== null);
