import type { Interval } from './interval-of.ts';
import type { WindowFindings } from './observe-windows.ts';
import type { Threshold } from './threshold.ts';

/** The answer to one threshold. No data is never a pass: it is `inconclusive`, with the reason. */
export type Verdict = {
  readonly threshold: Threshold;
  /** How many observations the value comes from. */
  readonly samples: number;
  /** Where the threshold is about windows: `observed` and `samples` are then those of the worst window. */
  readonly windows?: WindowFindings;
  /** Where the true value lies, for a mean or a percentile, and for a ratio that was judged by it. */
  readonly interval?: Interval;
} & (
  | { readonly outcome: 'met'; readonly observed: number }
  /** `reason`: why it could not be met any more when the load was ended early. */
  | { readonly outcome: 'broken'; readonly observed: number; readonly reason?: string }
  | { readonly outcome: 'inconclusive'; readonly observed: number | null; readonly reason: string }
);

/** The answer to all thresholds of a run; `unjudged` where the scenario stated none. */
export type Outcome = Verdict['outcome'] | 'unjudged';

/** The answer to several thresholds: broken before inconclusive before met. */
export const worstOutcome = (verdicts: readonly Verdict[]): Outcome => {
  if (verdicts.length === 0) return 'unjudged';
  if (verdicts.some(({ outcome }) => outcome === 'broken')) return 'broken';
  return verdicts.some(({ outcome }) => outcome === 'inconclusive') ? 'inconclusive' : 'met';
};
