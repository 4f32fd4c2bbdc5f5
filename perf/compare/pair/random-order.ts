import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws the order of two, again and again; the same seed draws the same orders. */
export const randomOrder = (seed: number): (() => boolean) => {
  const generator = xoroshiro128plus(seed);
  return () => uniformInt(generator, 0, 1) === 0;
};
