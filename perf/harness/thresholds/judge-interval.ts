import { holds, limitsFromAbove } from './holds.ts';
import type { Interval } from './interval-of.ts';
import type { Threshold } from './threshold.ts';

/** What a threshold is held against: the observed value, or its interval (`--interval`). */
export type JudgedBy = 'observed' | 'interval';

/** With fewer samples a run is judged as observed: its intervals are too wide to decide anything. */
export const fewestForInterval = 100;

/** All, or none: no number of samples shows that, so it is about those that were taken. */
export const isAboutAll = ({ aggregation, comparison, limit }: Threshold): boolean =>
  aggregation === 'ratio' &&
  ((comparison === 'at-least' && limit === 1) || (comparison === 'at-most' && limit === 0));

/** Met when the whole interval keeps to the limit, broken when all of it breaks it, inconclusive between. */
export const judgeInterval = (
  { comparison, limit }: Threshold,
  { lower, upper }: Interval,
): { readonly outcome: 'met' | 'broken' } | { readonly outcome: 'inconclusive'; readonly reason: string } => {
  const [best, worst] = limitsFromAbove(comparison) ? [lower, upper] : [upper, lower];
  if (worst !== null && holds(comparison, worst, limit)) return { outcome: 'met' };
  if (best !== null && !holds(comparison, best, limit)) return { outcome: 'broken' };
  return {
    outcome: 'inconclusive',
    reason: 'the limit lies within the interval; more samples make it narrower',
  };
};
