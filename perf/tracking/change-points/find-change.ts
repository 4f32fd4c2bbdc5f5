import criticalValues from '../statistics/critical-values.json' with { type: 'json' };
import { estimateStep } from '../statistics/estimate-step.ts';
import { locateStep } from '../statistics/locate-step.ts';
import { scanSplits } from '../statistics/scan-splits.ts';

/** One measurement of one metric in the history, against the reference. */
export interface HistoryPoint {
  readonly commit: string;
  /** By how much the commit is worse than the reference, as a natural logarithm; below zero where it is better. */
  readonly logLoss: number;
  readonly referenceId: string;
  readonly runnerClass: string;
}

/** What a paired comparison across a candidate said: `inconclusive` leaves it a candidate, three times. */
export interface Confirmation {
  /** `firstBad` of the candidate that was compared. */
  readonly firstBad: string;
  /** The commits that were compared. */
  readonly base: string;
  readonly head: string;
  readonly outcome: 'confirmed' | 'refuted' | 'inconclusive';
}

/** A step for the worse between two commits of the history. */
export interface Change {
  readonly lastGood: string;
  readonly firstBad: string;
  /** The Hodges–Lehmann step over the change, as a natural logarithm. */
  readonly logStep: number;
  readonly pointsBefore: number;
  readonly pointsAfter: number;
  readonly statistic: number;
  readonly criticalValue: number;
  /** What to compare for a confirmation: from before the step, even if it lies one commit earlier, to the newest commit. */
  readonly compare: { readonly base: string; readonly head: string };
}

/** What the history of one metric says at its newest point. */
export type ChangeFinding =
  | { readonly state: 'collecting'; readonly points: number; readonly needed: number }
  | { readonly state: 'steady'; readonly points: number }
  | { readonly state: StepState; readonly points: number; readonly change: Change };

/**
 * A step that is still to be compared, that a paired comparison has confirmed or has not found, or that three could not tell
 * anything of: one more would be one more chance of a false alert, on every push anew.
 */
export type StepState = 'candidate' | 'alert' | 'refuted' | 'unclear';

const changePointRule = Object.freeze({
  newestPoints: 40,
  minimumBefore: 13,
  minimumAfter: 5,
  minimumStepRatio: 0.03,
  mostComparisons: 3,
});
const needed = changePointRule.minimumBefore + changePointRule.minimumAfter;
const criticalByPoints = new Map(
  Object.entries(criticalValues).map(([points, value]) => [Number(points), value]),
);
// The split of the largest statistic says that there is a step; it may lie so many commits beside it. With more points it
// moves a little, and is still the same change.
const locationCommits = 5;

/** The newest points that can be compared: a new reference or another class of runners begins a new series. */
const comparablePoints = (points: readonly HistoryPoint[]): readonly HistoryPoint[] => {
  const newest = points.at(-1);
  const lastForeign = points.findLastIndex(
    ({ referenceId, runnerClass }) =>
      referenceId !== newest?.referenceId || runnerClass !== newest.runnerClass,
  );
  return points.slice(lastForeign + 1).slice(-changePointRule.newestPoints);
};

const readChange = (points: readonly HistoryPoint[]): (Change & { readonly index: number }) | null => {
  const { minimumBefore, minimumAfter, minimumStepRatio } = changePointRule;
  const losses = points.map(({ logLoss }) => logLoss);
  const split = scanSplits(losses, { minimumLeft: minimumBefore, minimumRight: minimumAfter });
  const criticalValue = criticalByPoints.get(points.length);
  if (split === null || criticalValue === undefined || split.statistic < criticalValue) return null;
  const stepAt = (index: number): number => estimateStep(losses.slice(0, index), losses.slice(index));
  if (stepAt(split.index) < Math.log1p(minimumStepRatio)) return null;
  const index = locateStep(losses, {
    from: Math.max(2, split.index - locationCommits),
    to: Math.min(points.length - 2, split.index + locationCommits),
  });
  const commitAt = (position: number): string => points.at(position)?.commit ?? '';
  return {
    index,
    lastGood: commitAt(index - 1),
    firstBad: commitAt(index),
    logStep: stepAt(index),
    pointsBefore: index,
    pointsAfter: points.length - index,
    statistic: split.statistic,
    criticalValue,
    compare: { base: commitAt(index - 2), head: commitAt(-1) },
  };
};

/** The step that was found, and which point it is at, counted from the oldest one. */
interface PlacedStep {
  readonly firstBad: string;
  readonly place: number;
}

/** A comparison says something of a step only where it went across it: base from before, head from then on. */
const isAcross = (
  { firstBad, base, head }: Confirmation,
  step: PlacedStep,
  places: ReadonlyMap<string, number>,
): boolean => {
  // Git itself was asked when it was made for this very commit.
  if (firstBad === step.firstBad) return true;
  const [from, to] = [places.get(base), places.get(head)];
  return from !== undefined && to !== undefined && from < step.place && step.place <= to;
};

const stateOf = (about: readonly Confirmation[]): StepState => {
  const decisive = about.findLast(({ outcome }) => outcome !== 'inconclusive');
  if (decisive !== undefined) return decisive.outcome === 'confirmed' ? 'alert' : 'refuted';
  return about.length < changePointRule.mostComparisons ? 'candidate' : 'unclear';
};

/**
 * Looks for a step for the worse in the history of one metric, oldest point first: the newest 40 comparable points, at least
 * 13 before the step and 5 from it on, the largest standardised Mann–Whitney statistic beyond its critical value for
 * p = .001, and a Hodges–Lehmann step of at least 3 %. Without a confirmation it is a candidate, and no alert.
 */
export const findChange = (
  history: readonly HistoryPoint[],
  confirmations: readonly Confirmation[] = [],
): ChangeFinding => {
  const points = comparablePoints(history);
  if (points.length < needed) return { state: 'collecting', points: points.length, needed };
  const found = readChange(points);
  if (found === null) return { state: 'steady', points: points.length };
  const { index, ...change } = found;
  const near = new Set(
    points
      .slice(Math.max(0, index - locationCommits), index + locationCommits + 1)
      .map(({ commit }) => commit),
  );
  // Of all points: a comparison may have gone back further than the search does.
  const places = new Map(history.map(({ commit }, place) => [commit, place]));
  const step = { firstBad: change.firstBad, place: history.length - points.length + index };
  const about = confirmations.filter(
    (confirmation) => near.has(confirmation.firstBad) && isAcross(confirmation, step, places),
  );
  return { state: stateOf(about), points: points.length, change };
};
