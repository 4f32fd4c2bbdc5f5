import jstat from 'jstat';

/** An interval of a ratio, 0–1. */
export interface RatioInterval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The exact two-sided interval of a ratio of which `successes` of `trials` were seen; it covers the true ratio with at
 * least `confidence`. Clopper & Pearson, Biometrika 26 (1934) 404; with beta quantiles as in Brown, Cai & DasGupta,
 * Statistical Science 16 (2001) 101, §2.
 */
export const clopperPearson = ({
  successes,
  trials,
  confidence,
}: {
  readonly successes: number;
  readonly trials: number;
  readonly confidence: number;
}): RatioInterval => {
  if (
    !Number.isInteger(trials) ||
    !Number.isInteger(successes) ||
    trials < 1 ||
    successes < 0 ||
    successes > trials
  ) {
    throw new TypeError(
      `A ratio is successes of at least one trial, and ${successes} of ${trials} was given. Without trials there is no interval.`,
    );
  }
  const tail = (1 - confidence) / 2;
  return {
    lower: successes === 0 ? 0 : jstat.jStat.beta.inv(tail, successes, trials - successes + 1),
    upper: successes === trials ? 1 : jstat.jStat.beta.inv(1 - tail, successes + 1, trials - successes),
  };
};
