import type { Comparison } from '../../compare/comparison-record.ts';
import { formatEstimate, formatInterval } from '../../compare/format-change.ts';
import { markup, type Markup } from './markup.ts';
import { limitsOfMetric, type MetricLimit } from './metric-limits.ts';

type Metric = Comparison['metrics'][number];

/** How much farther than what is drawn the bar reaches to both sides. */
const room = 1.2;

const drawing = (
  label: string,
  change: { readonly low: number; readonly high: number; readonly estimate: number },
  limits: readonly MetricLimit[],
): Markup => {
  const farthest = Math.max(
    0.01,
    ...[change.low, change.high, ...limits.map((limit) => limit.change)].map(Math.abs),
  );
  const at = (value: number): string => `${(50 + (50 * value) / (farthest * room)).toFixed(2)}%`;
  const worst = limits.find(({ name }) => name === 'tolerance');
  const line = (value: number, kind: string): Markup =>
    markup`<line class="${kind}" x1="${at(value)}" x2="${at(value)}" y1="0" y2="32" />`;
  // Each on a line of its own, and away from zero: however close the limits are, their texts do not meet.
  const limitLine = ({ name, change: value, text }: MetricLimit): Markup =>
    markup`${line(value, name === 'tolerance' ? 'tolerance' : 'fails')}<text class="${value > 0 ? 'start' : 'end'}" x="${at(value)}" y="${name === 'tolerance' ? 62 : 46}">${name} ${text}</text>`;
  const width = `${((50 * (change.high - change.low)) / (farthest * room)).toFixed(2)}%`;
  const beyond =
    worst === undefined
      ? null
      : worst.change > 0
        ? markup`<rect class="beyond" x="${at(worst.change)}" width="100%" y="0" height="32" />`
        : markup`<rect class="beyond" x="0" width="${at(worst.change)}" y="0" height="32" />`;
  return markup`<svg class="interval" role="img" aria-label="${label}">${beyond}${line(0, 'zero')}<text x="${at(0)}" y="46" class="${(worst?.change ?? 1) > 0 ? 'end' : 'start'}">0</text>${limits.map(limitLine)}<rect class="range" x="${at(change.low)}" width="${width}" y="12" height="8" /><circle cx="${at(change.estimate)}" cy="16" r="6" /></svg>`;
};

/** The interval of a metric's change against what it is judged by, drawn and in words; null without an interval. */
export const intervalBar = (metric: Metric): Markup | null => {
  const { title, better, estimate, lower, upper } = metric;
  if (estimate === null || lower === null || upper === null) return null;
  const change = (loss: number): number => (better === 'lower' ? loss : -loss);
  const [low = 0, high = 0] = [change(lower), change(upper)].toSorted((a, b) => a - b);
  const limits = limitsOfMetric(metric);
  const words = [
    `${title}: ${formatEstimate(estimate, better)}, interval ${formatInterval({ estimate, lower, upper }, better, [])}`,
    ...limits.map(({ name, text }) => `${name} ${text}`),
  ].join(', ');
  return drawing(words, { low, high, estimate: change(estimate) }, limits);
};
