import type { Comparison } from './threshold.ts';

/** Whether an observed value keeps to a limit. */
export const holds = (comparison: Comparison, observed: number, limit: number): boolean => {
  switch (comparison) {
    case 'below':
      return observed < limit;
    case 'at-most':
      return observed <= limit;
    case 'above':
      return observed > limit;
    case 'at-least':
      return observed >= limit;
    default:
      return comparison satisfies never;
  }
};

/** Whether the comparison is about the largest value that may occur; else it is about the smallest. */
export const limitsFromAbove = (comparison: Comparison): boolean =>
  comparison === 'below' || comparison === 'at-most';
