import type { Shift } from '../tracking/statistics/estimate-shift.ts';
import type { Limits } from './compared-metric.ts';

/** What an interval says at one look; `open`: neither, so that more blocks are wanted. */
export type LookOutcome = 'fail' | 'pass' | 'open';

/**
 * Judges the interval of a loss (natural logarithm). In this order, so that a loss that is certain and large enough fails
 * even where the tolerance is not reached.
 */
export const judgeShift = ({ estimate, lower, upper }: Shift, limits: Limits): LookOutcome => {
  if (lower > 0 && estimate >= Math.log1p(limits.minimumRatio)) return 'fail';
  if (upper < Math.log1p(limits.toleranceRatio)) return 'pass';
  return 'open';
};
