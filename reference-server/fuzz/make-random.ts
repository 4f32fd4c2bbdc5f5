import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws whole numbers from 0 to below `end`, the same ones for the same seed. */
export type DrawBelow = (end: number) => number;

/** A source of chance that can be repeated. */
export const makeRandom = (seed: number): DrawBelow => {
  const generator = xoroshiro128plus(seed);
  return (end) => (end <= 1 ? 0 : uniformInt(generator, 0, end - 1));
};
