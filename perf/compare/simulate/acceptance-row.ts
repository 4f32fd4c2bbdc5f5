import { clopperPearson } from '../../harness/statistics/clopper-pearson.ts';
import type { MachineNoise } from './noise.ts';

/** One figure of the acceptance table: how often something happened in so many trials, and how often it may or must. */
export interface AcceptanceRow {
  /** Its number in the specification of the verdicts. */
  readonly group: 1 | 2 | 3 | 4 | 6;
  readonly title: string;
  readonly machine: MachineNoise['name'] | 'both';
  readonly happened: number;
  readonly trials: number;
  readonly target: { readonly comparison: 'at most' | 'at least'; readonly ratio: number };
}

/** Whether the figure as found keeps its target. */
export const isMet = ({ happened, trials, target }: AcceptanceRow): boolean =>
  target.comparison === 'at most' ? happened / trials <= target.ratio : happened / trials >= target.ratio;

/** Whether chance alone, at one in a thousand, does not explain how far the figure lies beyond its target. */
export const isContradicted = ({ happened, trials, target }: AcceptanceRow): boolean => {
  const { lower, upper } = clopperPearson({ successes: happened, trials, confidence: 0.998 });
  return target.comparison === 'at most' ? lower > target.ratio : upper < target.ratio;
};
