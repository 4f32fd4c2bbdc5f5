const LARGEST_STEP_RATIO = 0.001;
const LOWEST_PRICE = 1;

/** A first price for a symbol, the same on every instance. */
export const startingPrice = (symbol: string): number => {
  let hash = 7;
  for (const character of symbol) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 40_000;
  return 50 + hash / 100;
};

/** The price after one step of at most 0.1 %, in whole cents; `random` is in [0, 1). */
export const nextPrice = (price: number, random: number): number => {
  const moved = price * (1 + (random * 2 - 1) * LARGEST_STEP_RATIO);
  return Math.max(LOWEST_PRICE, Math.round(moved * 100) / 100);
};
