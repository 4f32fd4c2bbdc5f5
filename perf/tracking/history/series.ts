import type {
  ComparedMetric,
  ComparisonRecord,
  HistoryRecord,
  ScenarioEntry,
  ScenarioMetric,
} from './history-record.ts';
import { mainValue } from './main-value.ts';
import { whyNotComparable } from './why-not-comparable.ts';

/** What one record says in a series. */
export interface SeriesPoint {
  readonly commit: HistoryRecord['commit'];
  readonly runId: string;
  readonly startedAt: string;
  readonly jobUrl: string | null;
  /** A log-ratio to the reference, positive for worse; or the metric's value in its unit. */
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** `met`, `pass`, … of this metric; null where it was not judged. */
  readonly verdict: string | null;
}

/** One quantity over the commits, of runs that can be compared: same reference or load, same class of machine. */
export interface Series {
  /** Unique among the series of a history. */
  readonly key: string;
  /** Shared by the series of one quantity; the one with the newest commit is the current one. */
  readonly quantity: string;
  readonly scale: 'log-ratio' | 'absolute';
  readonly project: string;
  /** `connect p50`, `basic connectTime p50`. */
  readonly title: string;
  /** Null for comparisons, which have none. */
  readonly scenario: string | null;
  readonly metric: string;
  readonly unit: string;
  /** Stands for a promise or a gate, and not merely beside one. */
  readonly isJudged: boolean;
  readonly runnerClass: string;
  /** What the values can be compared by: the reference of log-ratios, or the load that absolute values are of. */
  readonly referenceId: string;
  /** The commit of that reference, which a tag of the same name may leave; null where there is none. */
  readonly referenceSha: string | null;
  readonly better: 'lower' | 'higher';
  /** By commit, oldest first. */
  readonly points: readonly SeriesPoint[];
}

type SeriesHead = Omit<Series, 'points' | 'key'>;

interface Reading {
  readonly head: SeriesHead;
  readonly point: SeriesPoint;
}

const pointOf = (
  record: HistoryRecord,
  measured: Pick<SeriesPoint, 'value' | 'interval' | 'verdict'>,
): SeriesPoint => ({
  commit: record.commit,
  runId: record.runId,
  startedAt: record.startedAt,
  jobUrl: record.jobUrl,
  ...measured,
});

const comparedReading = (record: ComparisonRecord, metric: ComparedMetric): readonly Reading[] => {
  if (metric.estimate === null) return [];
  const { base, reference } = record;
  const { estimate: value, interval, verdict } = metric;
  const head: SeriesHead = {
    quantity: JSON.stringify([record.project, 'comparison', metric.name]),
    scale: 'log-ratio',
    project: record.project,
    title: metric.title,
    scenario: null,
    metric: metric.name,
    unit: metric.unit,
    isJudged: metric.isGated,
    runnerClass: record.machine.runnerClass,
    referenceId: reference?.id ?? base.sha,
    referenceSha: base.sha,
    // Its sign is turned already.
    better: 'lower',
  };
  return [{ head, point: pointOf(record, { value, interval, verdict }) }];
};

const worst = (outcomes: readonly string[]): string | null =>
  ['broken', 'inconclusive', 'met'].find((outcome) => outcomes.includes(outcome)) ?? null;

const scenarioReading = (
  record: HistoryRecord,
  entry: ScenarioEntry,
  metric: ScenarioMetric,
): readonly Reading[] => {
  const { aggregation, value } = mainValue(metric);
  if (value === null || whyNotComparable(entry, metric) !== null) return [];
  const title = `${entry.name}${entry.load === 1 ? '' : ` (load ${String(entry.load)})`} ${metric.name} ${aggregation}`;
  const head: SeriesHead = {
    quantity: JSON.stringify([record.project, 'scenarios', entry.name, entry.load, metric.name]),
    scale: 'absolute',
    project: record.project,
    title,
    scenario: entry.name,
    metric: metric.name,
    unit: metric.unit,
    isJudged: metric.promises.length > 0,
    runnerClass: record.machine.runnerClass,
    referenceId: entry.setupId,
    referenceSha: null,
    better: metric.kind === 'rate' || metric.unit === 'connections' ? 'higher' : 'lower',
  };
  const verdict = worst(metric.promises.map(({ outcome }) => outcome));
  return [{ head, point: pointOf(record, { value, interval: null, verdict }) }];
};

const readingsOf = (record: HistoryRecord): readonly Reading[] => {
  switch (record.kind) {
    case 'comparison': {
      // Against a parent each ratio has another base: only the reference makes a series.
      if (record.base.role !== 'reference') return [];
      return record.metrics.flatMap((metric) => comparedReading(record, metric));
    }
    case 'scenarios':
      return record.scenarios.flatMap((entry) =>
        entry.metrics.flatMap((metric) => scenarioReading(record, entry, metric)),
      );
    default:
      return record satisfies never;
  }
};

/** A commit that was measured again counts once, with the run whose value is in the middle. */
const middleOf = (points: readonly SeriesPoint[]): readonly SeriesPoint[] => {
  const sorted = points.toSorted((a, b) => a.value - b.value);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return middle === undefined ? [] : [middle];
};

/**
 * Orders records into series, those of comparisons first. Records must come in the order of their commits; those of a
 * dirty work tree belong to no commit and are left out.
 */
export const seriesOf = (records: readonly HistoryRecord[]): readonly Series[] => {
  const readings = records.filter(({ commit }) => !commit.isDirty).flatMap(readingsOf);
  const groups = Map.groupBy(readings, ({ head: { quantity, referenceId, referenceSha, runnerClass } }) =>
    JSON.stringify([quantity, referenceId, referenceSha, runnerClass]),
  );
  const series = [...groups].flatMap(([key, group]) => {
    const newest = group.at(-1);
    if (newest === undefined) return [];
    const commits = Map.groupBy(
      group.map(({ point }) => point),
      ({ commit }) => commit.sha,
    );
    return [{ key, ...newest.head, points: [...commits.values()].flatMap(middleOf) }];
  });
  return [
    ...series.filter(({ scale }) => scale === 'log-ratio'),
    ...series.filter(({ scale }) => scale === 'absolute'),
  ];
};

/** The newest series of each quantity: a new reference, load or class of machine begins anew. */
export const currentSeries = (series: readonly Series[]): readonly Series[] =>
  [...Map.groupBy(series, ({ quantity }) => quantity).values()].flatMap((candidates) => {
    const newest = candidates.toSorted((a, b) =>
      (b.points.at(-1)?.commit.committedAt ?? '').localeCompare(
        a.points.at(-1)?.commit.committedAt ?? '',
        'en',
      ),
    );
    return newest.slice(0, 1);
  });
