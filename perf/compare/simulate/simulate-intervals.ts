import { estimateShift } from '../../tracking/statistics/estimate-shift.ts';
import type { Random } from './random.ts';

/** How often an interval of `blocks` differences at `alpha` missed the truth on one side. */
export interface IntervalErrors {
  readonly trials: number;
  readonly lowerAbove: number;
  readonly upperBelow: number;
}

/** Intervals at a fixed number of blocks, where nothing changed: a bound beyond zero is an error. */
export const simulateIntervals = (
  random: Random,
  { blocks, alpha }: { readonly blocks: number; readonly alpha: number },
  trials: number,
): IntervalErrors => {
  const errors = { trials, lowerAbove: 0, upperBelow: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    // The interval only grows and shrinks with the scatter: its errors do not depend on it.
    const shift = estimateShift(
      Array.from({ length: blocks }, () => random.heavyTailed()),
      alpha,
    );
    if (shift === null)
      throw new TypeError(`${String(blocks)} blocks give no bound at α = ${String(alpha)}.`);
    if (shift.lower > 0) errors.lowerAbove += 1;
    if (shift.upper < 0) errors.upperBelow += 1;
  }
  return errors;
};
