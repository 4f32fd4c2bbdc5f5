import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import * as metrics from '../harness/metrics/catalogue.ts';
import { judgedRecords } from './judged-records.ts';
import type { ScenarioResult } from './session-result.ts';
import type { Column } from './table.ts';

/** The columns of the closing table. */
export const closingColumns: readonly Column[] = [
  { title: 'Scenario', align: 'left', maximumWidth: 22 },
  { title: 'connections', align: 'right', leaveOut: 3 },
  { title: 'success', align: 'right', leaveOut: 1 },
  { title: 'avg connect', align: 'right', leaveOut: 2 },
  { title: 'p95', align: 'right', leaveOut: 4 },
  { title: 'verdict', align: 'left' },
  { title: 'grade', align: 'left', leaveOut: 5 },
  { title: 'seconds', align: 'right', leaveOut: 6 },
];

const milliseconds = (value: number | null): string => (value === null ? 'n/a' : formatQuantity(value, 'ms'));

/** One row for each scenario; of several runs, the last judged one stands for it. */
export const closingRow = (scenario: ScenarioResult): readonly string[] => {
  const record = judgedRecords(scenario.records).at(-1);
  const seconds = scenario.durationMs === 0 ? '' : (scenario.durationMs / 1_000).toFixed(1);
  if (record === undefined) return [scenario.name, '', '', '', '', scenario.outcome, '', seconds];
  const { counts, metrics: summary } = record;
  return [
    scenario.name,
    String(counts.attempted),
    counts.attempted === 0 ? 'n/a' : formatQuantity(counts.successful / counts.attempted, 'ratio'),
    milliseconds(aggregate(summary, metrics.connectTime, 'mean')),
    milliseconds(aggregate(summary, metrics.connectTime, 'p95')),
    scenario.outcome,
    record.grade.word,
    seconds,
  ];
};
