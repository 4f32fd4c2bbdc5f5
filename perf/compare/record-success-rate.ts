import type { Comparison } from './comparison-record.ts';
import { describeSuccessRate, judgeSuccessRate } from './judge-success-rate.ts';
import { perSide, type PerSide } from './side.ts';

type Counts = Pick<Comparison['base'], 'operations' | 'failures'>;

/** Judges how many operations of each side failed; null where a side attempted nothing. */
export const recordSuccessRate = (counts: PerSide<Counts>): Comparison['successRate'] | null => {
  const { base, head } = perSide((side) => {
    const { operations, failures } = counts[side];
    const failed = Object.values(failures).reduce((sum, count) => sum + count, 0);
    return { trials: operations, successes: operations - failed };
  });
  const success = judgeSuccessRate(base, head);
  if (success === null) return null;
  const { outcome, probability, largestDrop } = success;
  return { outcome, probability, largestDrop, sentence: describeSuccessRate(success) };
};
