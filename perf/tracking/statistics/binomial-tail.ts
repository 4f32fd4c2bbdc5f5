import jstat from 'jstat';

/**
 * The probability of at least `successes` of `trials` when each comes with `probability`: the one-sided exact binomial test.
 * By the regularised incomplete beta function, P(X ≥ x) = I_p(x, n − x + 1): Abramowitz & Stegun, Handbook of Mathematical
 * Functions (1964), 26.5.24.
 */
export const binomialTail = ({
  successes,
  trials,
  probability,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly probability: number;
}): number => {
  const isCount = [successes, trials].every((count) => Number.isInteger(count) && count >= 0);
  if (!isCount || successes > trials || !(probability > 0 && probability < 1)) {
    throw new TypeError(
      `A binomial test is about successes of trials and a probability between 0 and 1, and ${String(successes)} of ${String(trials)} at ${String(probability)} was given.`,
    );
  }
  return successes === 0 ? 1 : jstat.jStat.ibeta(probability, successes, trials - successes + 1);
};
