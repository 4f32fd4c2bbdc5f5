import { checkLines } from '../../reports/history/check-lines.ts';
import { everyRecord } from '../../reports/history/history-rows.ts';
import type { Change } from '../../tracking/change-points/find-change.ts';
import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { pullHistory } from '../../tracking/history/pull-history.ts';
import { readCheckout, type Checkout } from '../../tracking/history/read-checkout.ts';
import { readHistory } from '../../tracking/history/read-history.ts';
import { exitCodes } from '../exit-code.ts';
import { isAboutServers } from '../is-about-servers.ts';
import { messageOf } from '../message-of.ts';
import { printProblems } from '../print-problems.ts';
import { assessHistory } from './assess-history.ts';
import type { MeasureCommits } from './measure-commits.ts';
import type { HistorySettings } from './read-history-settings.ts';
import { runPush } from './store-actions.ts';

/** What tracking a commit needs. */
export interface TrackOptions {
  readonly root: string;
  readonly settings: HistorySettings;
  readonly measure: MeasureCommits;
  /** The commit of a range that made these metrics worse, as a sentence. */
  readonly bisect: (range: string, metrics: readonly string[]) => Promise<string>;
  readonly say: (lines: readonly string[]) => void;
}

/** A step of the history, with the metrics that show it. */
interface Suspicion {
  readonly change: Change;
  readonly metrics: readonly string[];
}

/** The parent says which commit it was, the reference what many small steps come to; one that is both is measured once. */
const basesOf = ({ commit, reference }: Checkout): readonly string[] =>
  [...new Set([commit.parent, reference?.sha ?? null])].filter(
    (base) => base !== null && base !== commit.sha,
  ) as readonly string[];

const assess = async (root: string): Promise<readonly AssessedSeries[]> => {
  const { records } = await readHistory(historyDirectory(root));
  return assessHistory(records, everyRecord).filter(({ series }) => series.scale === 'log-ratio');
};

const stepsIn = (assessed: readonly AssessedSeries[], state: 'candidate' | 'alert'): readonly Suspicion[] => {
  const steps = assessed.flatMap(({ series, finding }) =>
    finding.state === state ? [{ change: finding.change, metric: series.metric }] : [],
  );
  return [
    ...Map.groupBy(steps, ({ change }) => `${change.compare.base} ${change.firstBad}`).values(),
  ].flatMap((together) =>
    together.slice(0, 1).map(({ change }) => ({ change, metrics: together.map(({ metric }) => metric) })),
  );
};

/**
 * Measures what is checked out against each base, and shares the records. One whose server can not be had does not keep the other
 * from being measured; gives those that were not. @throws what went wrong, where nothing could be measured.
 */
const measureBases = async (
  checkout: Checkout,
  { root, settings, measure, say }: TrackOptions,
): Promise<ReadonlySet<string>> => {
  const { reference } = checkout;
  const bases = basesOf(checkout);
  const failures = new Map<string, Error>();
  let measured = 0;
  try {
    for (const base of bases) {
      const name = base === reference?.sha ? `the reference ${reference.id}` : 'the parent';
      say(['', `against ${name}`]);
      try {
        await measure({ base, gate: [], forChange: null });
        measured += 1;
      } catch (error) {
        if (!isAboutServers(error)) throw error;
        failures.set(base, error);
        say([`NOT MEASURED against ${name}: ${messageOf(error)}`]);
      }
    }
  } finally {
    // What was measured counts, even where the other base could not be.
    if (measured > 0) await runPush(settings, root);
  }
  const [first] = failures.values();
  if (first !== undefined && measured === 0) throw first;
  return new Set(failures.keys());
};

/** Compares across each suspected step that reaches to the commit at hand; gives those that were confirmed. */
const confirmSteps = async (
  suspicions: readonly Suspicion[],
  head: string,
  { measure, say }: TrackOptions,
): Promise<readonly Suspicion[]> => {
  const confirmed: Suspicion[] = [];
  for (const suspicion of suspicions) {
    const { compare, firstBad } = suspicion.change;
    if (compare.head !== head) continue;
    say([
      '',
      `A step from ${firstBad.slice(0, 10)} on is suspected (${suspicion.metrics.join(', ')}): confirming it`,
    ]);
    const across = { base: compare.base, gate: suspicion.metrics, forChange: firstBad };
    const comparison = await measure(across).catch((error: unknown) => {
      if (!isAboutServers(error)) throw error;
      // Such as a commit of the history that a push by force has taken from the branch.
      say([`Not confirmed, since it can not be compared: ${error.message}`]);
      return null;
    });
    if (comparison === null) continue;
    const { metrics } = comparison;
    const failed = suspicion.metrics.filter((suspected) =>
      metrics.some(({ name, isGated, outcome }) => name === suspected && isGated && outcome === 'fail'),
    );
    if (failed.length > 0) confirmed.push({ ...suspicion, metrics: failed });
  }
  return confirmed;
};

/**
 * Measures what is checked out against its parent and against the reference, shares the records, and looks at the history: a step
 * that is suspected is compared again across, and when that confirms it the commit is searched. Exit code 1 when a step was
 * confirmed now; one that was confirmed before is said again, and fails nothing. 2 when the reference could not be measured: a
 * parent that can not be built is another one with the next commit, the reference stays.
 */
export const trackCommit = async (options: TrackOptions): Promise<number> => {
  const { root, settings, bisect, say } = options;
  const checkout = await readCheckout(root);
  if (checkout === null || checkout.commit.isDirty) {
    return printProblems([
      'Tracking needs a clean work tree of a commit: what it measures is kept under that commit. Commit, or check one out.',
    ]);
  }
  await pullHistory(settings.history, historyDirectory(root));
  const missed = await measureBases(checkout, options);
  if (checkout.reference === null)
    say([
      '',
      'No tag for the reference is here, so nothing is kept for the long trend: git tag perf-reference-1, or name one in package.json.',
    ]);
  const suspicions = stepsIn(await assess(root), 'candidate');
  const confirmed = await confirmSteps(suspicions, checkout.commit.sha, options);
  if (suspicions.length > 0) await runPush(settings, root);
  const assessed = await assess(root);
  say(['', ...checkLines(assessed)]);
  for (const { change, metrics } of confirmed)
    say([await bisect(`${change.compare.base}..${change.compare.head}`, metrics)]);
  if (confirmed.length > 0) {
    say(['A slowdown is confirmed: see ALERT above.']);
    return exitCodes.broken;
  }
  if (stepsIn(assessed, 'alert').length > 0)
    say([
      'A slowdown that was confirmed before is still there. Once it is accepted, set a new tag for the reference.',
    ]);
  if (checkout.reference === null || !missed.has(checkout.reference.sha)) return exitCodes.met;
  return printProblems([
    `The reference ${checkout.reference.id} could not be measured, as is said above: the long trend has no point of this commit. Set a new tag on a commit whose server can be built here.`,
  ]);
};
