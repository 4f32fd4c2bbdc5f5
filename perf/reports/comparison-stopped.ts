import { comparisonProgress, type ComparisonUnderWay } from './comparison-progress.ts';

/** What is known of a comparison that was stopped before it had a verdict; null: no block was over yet. */
export const comparisonStopped = (reached: ComparisonUnderWay | null): readonly string[] =>
  reached === null
    ? ['Stopped before the first block was over: nothing was measured.']
    : [
        ...comparisonProgress(reached),
        'Stopped before a verdict: between the planned looks these intervals are for the eye alone.',
      ];
