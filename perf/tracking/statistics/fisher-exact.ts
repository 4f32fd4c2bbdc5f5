import { gammaln } from 'simple-statistics';

const logChoose = (from: number, chosen: number): number =>
  gammaln(from + 1) - gammaln(chosen + 1) - gammaln(from - chosen + 1);

/** How many of `trials` succeeded. */
export interface SuccessCount {
  readonly successes: number;
  readonly trials: number;
}

/**
 * The probability of at least as many failures at head, given all failures of both, when both are equally good: the
 * hypergeometric tail of Fisher's exact test, one-sided. Fisher, Journal of the Royal Statistical Society 98 (1935) 39.
 */
export const fisherExact = (base: SuccessCount, head: SuccessCount): number => {
  const headFailures = head.trials - head.successes;
  const failures = base.trials - base.successes + headFailures;
  const all = logChoose(base.trials + head.trials, failures);
  let tail = 0;
  for (
    let atHead = Math.max(headFailures, failures - base.trials);
    atHead <= Math.min(failures, head.trials);
    atHead += 1
  )
    tail += Math.exp(logChoose(head.trials, atHead) + logChoose(base.trials, failures - atHead) - all);
  return Math.min(1, tail);
};
