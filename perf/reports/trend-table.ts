import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import { catalogue } from '../harness/metrics/catalogue.ts';
import type { Summary } from '../harness/metrics/samples.ts';
import { table, type Column } from './table.ts';

const percentiles = ['p50', 'p90', 'p95', 'p99', 'max'] as const;
const leaveOut = { p50: 1, p90: 5, p95: 0, p99: 3, max: 2 } as const;

const columns: readonly Column[] = [
  { title: 'Percentiles', align: 'left' },
  ...percentiles.map((title) => ({ title, align: 'right', leaveOut: leaveOut[title] }) as const),
  { title: 'samples', align: 'right', leaveOut: 4 },
];

/** The percentiles of every trend that has samples; no lines when none has. */
export const trendTable = (summary: Summary, width?: number): readonly string[] => {
  const rows = catalogue.flatMap(({ name, title }) => {
    const samples = summary[name];
    if (samples?.kind !== 'trend' || samples.count === 0) return [];
    const cells = percentiles.map((percentile) => formatQuantity(samples[percentile], samples.unit));
    return [[`  ${title}`, ...cells, String(samples.count)]];
  });
  return rows.length === 0 ? [] : table(columns, rows, width);
};
