import { formatEstimate } from '../../compare/format-change.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import type { ChartAxis } from './chart.ts';

const percentile = (nines: number): string =>
  `p${String(Number((100 * (1 - 10 ** -nines)).toPrecision(Math.max(3, Math.ceil(nines) + 2))))}`;

const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 1 });

/** A value of a chart as its table writes it; the chart itself does so with `chartFormatScript`, in fewer digits. */
export const formatChartValue = (axis: ChartAxis, value: number | null): string => {
  if (value === null) return '–';
  switch (axis.format) {
    case 'ms':
    case 'bytes':
    case 'ratio':
      return formatQuantity(value, axis.format);
    case 'seconds':
      return `${value.toFixed(2)} s`;
    case 'count':
      return number(value);
    case 'per-second':
      return `${number(value)}/s`;
    case 'log-ratio':
      return formatEstimate(value, 'lower');
    case 'nines':
      return percentile(value);
    case 'unit':
      return `${String(Number(value.toPrecision(4)))} ${axis.unit ?? ''}`.trimEnd();
    case 'name':
      return axis.names?.[value] ?? '';
    default:
      return axis.format satisfies never;
  }
};
