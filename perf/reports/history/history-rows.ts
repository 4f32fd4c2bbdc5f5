import type {
  ComparedMetric,
  ComparisonRecord,
  HistoryRecord,
  ScenarioEntry,
  ScenarioMetric,
} from '../../tracking/history/history-record.ts';
import { mainValue } from '../../tracking/history/main-value.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import { whyNotComparable } from '../../tracking/history/why-not-comparable.ts';
import { formatFigure, formatLogRatio } from './format-figure.ts';

/** Which figures of the history are wanted; null: any. */
export interface HistoryFilter {
  readonly scenario: string | null;
  readonly metric: string | null;
  /** The first digits of a commit's id. */
  readonly commit: string | null;
  readonly kind: HistoryRecord['kind'] | null;
  /** ISO 8601 date; only runs from then on. */
  readonly since: string | null;
  /** Only commits that were measured on this branch. */
  readonly branch: string | null;
  /** Also the metrics that were not judged. */
  readonly wantsAll: boolean;
}

/** The filter that lets every record through, and of its figures those that were judged. */
export const everyRecord: HistoryFilter = Object.freeze({
  scenario: null,
  metric: null,
  commit: null,
  kind: null,
  since: null,
  branch: null,
  wantsAll: false,
});

/** One figure of one record, in words. */
export interface HistoryRow {
  readonly startedAt: string;
  readonly sha: string;
  /** `basic connectTime mean`. */
  readonly subject: string;
  readonly value: string;
  /** With its limit, and why it is in no series; empty where there is neither. */
  readonly verdict: string;
}

const signs: Readonly<Record<string, string>> = { below: '<', 'at-most': '≤', above: '>', 'at-least': '≥' };

type Cells = Omit<HistoryRow, 'startedAt' | 'sha'>;

const scenarioCells = (entry: ScenarioEntry, metric: ScenarioMetric): readonly Cells[] => {
  const { name, load } = entry;
  const note = whyNotComparable(entry, metric);
  const prefix = `${name}${load === 1 ? '' : ` (load ${String(load)})`} ${metric.name}`;
  if (metric.promises.length === 0) {
    const { aggregation, value } = mainValue(metric);
    return [
      { subject: `${prefix} ${aggregation}`, value: formatFigure(value, metric.unit), verdict: note ?? '' },
    ];
  }
  return metric.promises.map(({ aggregation, comparison, limit, observed, outcome, windowMs }) => ({
    subject: `${prefix} ${aggregation}${windowMs === null ? '' : ` in every ${formatQuantity(windowMs, 'ms')}`}`,
    value: formatFigure(observed, metric.unit),
    verdict: `${outcome} (${signs[comparison] ?? comparison} ${formatFigure(limit, metric.unit)})${note === null ? '' : `, ${note}`}`,
  }));
};

const comparedCells = ({ base }: ComparisonRecord, metric: ComparedMetric): Cells => {
  const { estimate, interval, verdict, better } = metric;
  // What is kept is the loss; what is read is the change.
  const change = (loss: number): number => (better === 'lower' ? loss : -loss);
  const bounds =
    interval === null ? [] : [change(interval.low), change(interval.high)].toSorted((a, b) => a - b);
  const range = bounds.length === 0 ? '' : ` (${bounds.map(formatLogRatio).join(' … ')})`;
  return {
    subject: `${metric.title} against ${base.role === 'other' ? base.sha.slice(0, 10) : base.role}`,
    value: estimate === null ? 'no data' : `${formatLogRatio(change(estimate))}${range}`,
    verdict: verdict ?? '',
  };
};

const cellsOf = (record: HistoryRecord, filter: HistoryFilter): readonly Cells[] => {
  const isWanted = (name: string, isJudged: boolean): boolean =>
    filter.metric === null ? isJudged || filter.wantsAll : name === filter.metric;
  switch (record.kind) {
    case 'scenarios':
      return record.scenarios
        .filter(({ name }) => filter.scenario === null || name === filter.scenario)
        .flatMap((entry) =>
          entry.metrics
            .filter(({ name, promises }) => isWanted(name, promises.length > 0))
            .flatMap((metric) => scenarioCells(entry, metric)),
        );
    case 'comparison':
      if (filter.scenario !== null) return [];
      return record.metrics
        .filter(({ name, isGated }) => isWanted(name, isGated))
        .map((metric) => comparedCells(record, metric));
    default:
      return record satisfies never;
  }
};

/** The records that a filter wants, whatever their figures. */
export const filterRecords = (
  records: readonly HistoryRecord[],
  { kind, commit, since, branch }: HistoryFilter,
): readonly HistoryRecord[] =>
  records.filter(
    (record) =>
      (kind === null || record.kind === kind) &&
      (commit === null || record.commit.sha.startsWith(commit)) &&
      (since === null || record.startedAt >= since) &&
      (branch === null || record.commit.branch === branch),
  );

/** The wanted figures of some records, in their order. */
export const historyRows = (
  records: readonly HistoryRecord[],
  filter: HistoryFilter,
): readonly HistoryRow[] =>
  filterRecords(records, filter).flatMap((record) => {
    const { startedAt, commit } = record;
    const sha = `${commit.sha.slice(0, 10)}${commit.isDirty ? '+' : ''}`;
    return cellsOf(record, filter).map(({ subject, value, verdict }) => ({
      startedAt,
      sha,
      subject,
      value,
      verdict,
    }));
  });
