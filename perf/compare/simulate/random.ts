import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers that a seed decides. */
export interface Random {
  /** From 0 to below 1. */
  readonly uniform: () => number;
  /** Normal, mean 0, standard deviation 1. */
  readonly normal: () => number;
  /** Student's t with 5 degrees of freedom, divided by its standard deviation √(5/3), so that it has one of 1. */
  readonly heavyTailed: () => number;
}

const degrees = 5;

/** Makes the generator of a seed (xoroshiro128+). */
export const seededRandom = (seed: number): Random => {
  const generator = xoroshiro128plus(seed);
  const uniform = (): number => uniformFloat64(generator);
  // Box & Muller, Annals of Mathematical Statistics 29 (1958) 610.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const heavyTailed = (): number => {
    let squares = 0;
    for (let degree = 0; degree < degrees; degree += 1) squares += normal() ** 2;
    return normal() / Math.sqrt(squares / degrees) / Math.sqrt(degrees / (degrees - 2));
  };
  return { uniform, normal, heavyTailed };
};
