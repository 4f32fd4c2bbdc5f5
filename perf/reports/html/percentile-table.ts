import { catalogue } from '../../harness/metrics/catalogue.ts';
import type { Metric } from '../../harness/metrics/metric.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { htmlTable } from './html-table.ts';
import type { Markup } from './markup.ts';

const aggregations = ['mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** The distributions of a run in figures, of all metrics or of some; null where there is none. */
export const percentileTable = (
  label: string,
  { metrics }: Pick<RunRecord, 'metrics'>,
  wanted: readonly Metric[] = catalogue,
): Markup | null => {
  const rows = wanted.flatMap(({ name, title }) => {
    const samples = metrics[name];
    if (samples?.kind !== 'trend' || samples.count === 0) return [];
    const cells = aggregations.map((aggregation) => formatQuantity(samples[aggregation], samples.unit));
    return [[title, ...cells, samples.count.toLocaleString('en')]];
  });
  if (rows.length === 0) return null;
  return htmlTable(
    label,
    [
      { title: 'Metric' },
      ...aggregations.map((title) => ({ title, align: 'right' }) as const),
      { title: 'samples', align: 'right' },
    ],
    rows,
  );
};
