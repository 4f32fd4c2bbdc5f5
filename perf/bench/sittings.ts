import { median } from 'simple-statistics';
import type { Contender } from './generator.ts';

/** What both contenders gave within one sitting, one right after the other. */
export type Pair<Result> = Readonly<Record<Contender, Result>>;

/** Measures ours and naive in turns, each first in every second sitting, so that drift of the machine falls on both. */
export const alternate = async <Result>(
  sittings: number,
  measure: (contender: Contender) => Promise<Result>,
): Promise<Pair<Result>[]> => {
  const pairs: Pair<Result>[] = [];
  for (let sitting = 0; sitting < sittings; sitting += 1) {
    if (sitting % 2 === 0) {
      const ours = await measure('ours');
      pairs.push({ ours, naive: await measure('naive') });
    } else {
      const naive = await measure('naive');
      pairs.push({ ours: await measure('ours'), naive });
    }
  }
  return pairs;
};

/** One quantity over all sittings: the median of each contender, and the median of the sittings' ratios. */
export interface Comparison {
  readonly ours: number;
  readonly naive: number;
  readonly ratio: number;
}

/** Compares one quantity of the pairs. Absolute figures move with the machine's load, ratios within a sitting far less. */
export const compare = <Result>(
  pairs: readonly Pair<Result>[],
  quantity: (result: Result) => number,
): Comparison => ({
  ours: median(pairs.map(({ ours }) => quantity(ours))),
  naive: median(pairs.map(({ naive }) => quantity(naive))),
  ratio: median(pairs.map(({ ours, naive }) => quantity(ours) / quantity(naive))),
});
