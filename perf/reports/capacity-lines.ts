import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { CapacityLevel, CapacityRecord } from '../harness/record/run-record.ts';
import { describeThreshold } from '../harness/thresholds/describe-verdict.ts';
import { printableLine } from './printable.ts';
import type { Verdict } from '../harness/thresholds/verdict.ts';
import { table, type Column } from './table.ts';

/** The titles above `levelRow`. */
export const levelColumns: readonly Column[] = [
  { title: '  connections', align: 'right' },
  { title: 'held', align: 'left' },
  { title: 'successful', align: 'right', leaveOut: 3 },
  { title: 'stable', align: 'right', leaveOut: 2 },
  { title: 'avg connect', align: 'right' },
  { title: 'because of', align: 'left', maximumWidth: 46, leaveOut: 1 },
];

const whyUnmet = (verdict: Verdict): string =>
  verdict.outcome === 'inconclusive'
    ? `inconclusive: ${printableLine(verdict.reason)}`
    : describeThreshold(verdict.threshold);

/** One level as cells under the columns' titles. */
export const levelRow = ({
  connections,
  outcome,
  counts,
  meanConnectTimeMs,
  verdicts,
}: CapacityLevel): string[] => {
  const unmet =
    verdicts.find((verdict) => verdict.outcome === 'broken') ??
    verdicts.find((verdict) => verdict.outcome !== 'met');
  return [
    String(connections),
    outcome === 'met' ? 'yes' : outcome === 'broken' ? 'no' : '?',
    String(counts.successful),
    String(counts.stable),
    formatQuantity(meanConnectTimeMs, 'ms'),
    unmet === undefined ? '' : whyUnmet(unmet),
  ];
};

/** The answer of a capacity search: `Capacity: 180 connections`. */
export const capacityLine = ({ highestGood, limitedByTest, levels }: CapacityRecord): string => {
  const last = levels.at(-1);
  if (last === undefined) return 'Capacity: unknown, no level was tried';
  if (last.outcome === 'inconclusive') {
    const known = highestGood === null ? '' : `at least ${String(highestGood)} connections; `;
    return `Capacity: ${known}unknown from ${String(last.connections)} on, which could not be measured`;
  }
  if (highestGood === null) {
    const lowest = Math.min(...levels.map(({ connections }) => connections));
    return `Capacity: none found, not even ${String(lowest)} connection${lowest === 1 ? '' : 's'} held`;
  }
  return limitedByTest
    ? `Capacity: at least ${String(highestGood)} connections, the limit of this test`
    : `Capacity: ${String(highestGood)} connections`;
};

/** The answer of a capacity search, and the levels it tried. */
export const capacityLines = (capacity: CapacityRecord, width?: number): readonly string[] => [
  capacityLine(capacity),
  ...(capacity.levels.length === 0 ? [] : table(levelColumns, capacity.levels.map(levelRow), width)),
];
