import {
  findChange,
  type Change,
  type ChangeFinding,
  type Confirmation,
  type HistoryPoint,
} from '../change-points/find-change.ts';
import type { HistoryRecord } from './history-record.ts';
import type { Series } from './series.ts';

/** A series with what its newest points say, and the steps for the worse further back. */
export interface AssessedSeries {
  readonly series: Series;
  /** `not-examined`: the values have no logarithm, as counts that are mostly 0. */
  readonly finding: ChangeFinding | { readonly state: 'not-examined' };
  readonly past: readonly Change[];
}

const confirmationOutcomes = { fail: 'confirmed', pass: 'refuted', inconclusive: 'inconclusive' } as const;

/** The comparisons that were made to confirm a step of this series: of its project, on its machines, by its metric. */
const confirmationsOf = (
  records: readonly HistoryRecord[],
  { metric, project, runnerClass }: Series,
): readonly Confirmation[] =>
  records.flatMap((record) => {
    if (record.kind !== 'comparison' || record.confirms === null) return [];
    const { base, commit, confirms, machine, metrics } = record;
    if (record.project !== project || machine.runnerClass !== runnerClass || commit.isDirty) return [];
    const verdict = metrics.find(({ name }) => name === metric)?.verdict ?? null;
    if (verdict === null) return [];
    const outcome = confirmationOutcomes[verdict];
    return [{ firstBad: confirms, base: base.sha, head: commit.sha, outcome }];
  });

const historyPoints = (series: Series): readonly HistoryPoint[] | null => {
  const { scale, better, referenceId, runnerClass } = series;
  // A rate or a counter is a handful of events: a promise suits it, and no search for steps.
  if (scale === 'absolute' && ['ratio', 'count'].includes(series.unit)) return null;
  const points = series.points.map(({ commit, value }) => {
    const logLoss = scale === 'log-ratio' ? value : Math.log(value) * (better === 'lower' ? 1 : -1);
    return { commit: commit.sha, logLoss, referenceId, runnerClass };
  });
  return points.every(({ logLoss }) => Number.isFinite(logLoss)) ? points : null;
};

/** As far as the place of one step moves while points are added. */
const samePlaceCommits = 5;
/** At least as many points as a search looks at. */
const seenAtOnce = 100;
const examinedCommits = 500;

/** Every step that was the newest one at some time, each once, as it was seen most clearly. */
const pastChanges = (points: readonly HistoryPoint[]): readonly Change[] => {
  const places = new Map(points.map(({ commit }, place) => [commit, place]));
  const placeOf = ({ firstBad }: Change): number => places.get(firstBad) ?? 0;
  const found: Change[] = [];
  const oldest = Math.max(0, points.length - examinedCommits);
  for (let end = points.length; end > oldest; end -= 1) {
    const finding = findChange(points.slice(Math.max(0, end - seenAtOnce), end));
    if (!('change' in finding)) continue;
    const { change } = finding;
    const known = found.findIndex((other) => Math.abs(placeOf(other) - placeOf(change)) <= samePlaceCommits);
    if (known === -1) found.push(change);
    else if (change.statistic > (found[known]?.statistic ?? 0)) found[known] = change;
  }
  return found.toSorted((a, b) => placeOf(a) - placeOf(b));
};

/** Looks at one series for steps to the worse. */
export const assessSeries = (series: Series, records: readonly HistoryRecord[]): AssessedSeries => {
  const points = historyPoints(series);
  if (points === null) return { series, finding: { state: 'not-examined' }, past: [] };
  return {
    series,
    finding: findChange(points, series.scale === 'log-ratio' ? confirmationsOf(records, series) : []),
    past: pastChanges(points),
  };
};
