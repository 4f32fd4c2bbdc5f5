import type { Shift } from '../tracking/statistics/estimate-shift.ts';
import type { Limits } from './compared-metric.ts';

/**
 * About how many blocks it would take for a verdict if the estimate stayed where it is: an interval narrows with the square
 * root of the blocks, and has to let go of the tolerance, or of zero where the estimate is beyond the minimum.
 */
export const blocksNeeded = ({ estimate, lower, upper }: Shift, limits: Limits, blocks: number): number => {
  const towardsPass = Math.log1p(limits.toleranceRatio) - estimate;
  const towardsFail = estimate >= Math.log1p(limits.minimumRatio) ? estimate : 0;
  const growths = [
    towardsPass > 0 ? (upper - estimate) / towardsPass : Infinity,
    towardsFail > 0 ? (estimate - lower) / towardsFail : Infinity,
  ];
  return Math.max(blocks + 1, Math.ceil(blocks * Math.min(...growths) ** 2));
};
