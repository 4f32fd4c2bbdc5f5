import { clopperPearson } from '../harness/statistics/clopper-pearson.ts';
import { fisherExact, type SuccessCount } from '../tracking/statistics/fisher-exact.ts';

const alpha = 0.005;
const minimumDrop = 0.005;

/** How the success rates of base and head compare, over all blocks together. */
export interface SuccessRateVerdict {
  readonly outcome: 'fail' | 'not-shown';
  readonly base: SuccessCount;
  readonly head: SuccessCount;
  /** Fisher's exact test, one-sided. */
  readonly probability: number;
  /** The largest drop, 0–1, that the counts leave possible. */
  readonly largestDrop: number;
}

const ratio = ({ successes, trials }: SuccessCount): number => successes / trials;

/**
 * Fails when head's rate is at least half a point lower and Fisher's one-sided probability is below .005. It is judged once,
 * when the gate has stopped: a second look would be a second chance to fail. Null where a side attempted nothing.
 */
export const judgeSuccessRate = (base: SuccessCount, head: SuccessCount): SuccessRateVerdict | null => {
  if (base.trials === 0 || head.trials === 0) return null;
  const probability = fisherExact(base, head);
  const drop = ratio(base) - ratio(head);
  // Two bounds that each err with half of α, so that their difference errs with α at most.
  const confidence = 1 - alpha;
  const largestDrop =
    clopperPearson({ ...base, confidence }).upper - clopperPearson({ ...head, confidence }).lower;
  const outcome = probability < alpha && drop >= minimumDrop ? 'fail' : 'not-shown';
  return { outcome, base, head, probability, largestDrop };
};

const counted = ({ successes, trials }: SuccessCount): string =>
  `${successes.toLocaleString('en')} of ${trials.toLocaleString('en')}`;
const points = (share: number): string => String(Number((100 * share).toFixed(1)));

/** One line; where the rate did not fail it says which drop is ruled out, and no more. */
export const describeSuccessRate = (verdict: SuccessRateVerdict): string => {
  const { outcome, base, head, probability, largestDrop } = verdict;
  const counts = `base ${counted(base)} → head ${counted(head)}`;
  if (outcome === 'fail') {
    return (
      `FAIL success rate: ${points(ratio(base) - ratio(head))} points lower, ${counts} ` +
      `(p = ${probability.toPrecision(1)}). Limit: ${points(minimumDrop)} points.`
    );
  }
  // Rounded up: more than is ruled out must never be claimed.
  const possible = Math.ceil(Math.max(0, largestDrop) * 1_000) / 1_000;
  return `success rate: ${counts}; a drop of more than ${points(possible)} points is ruled out`;
};
