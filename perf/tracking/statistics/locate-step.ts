import { median } from 'simple-statistics';

const spreadAround = (values: readonly number[]): number => {
  const center = median(values);
  return values.reduce((sum, value) => sum + Math.abs(value - center), 0);
};

/**
 * Where a step that is known to be there most likely lies: of the splits `from` … `to` (index of the later part's first value)
 * the one that leaves the least absolute deviation from the medians of both parts. It sees by how much values differ, which
 * ranks do not. Bai, Econometric Theory 11 (1995) 403.
 */
export const locateStep = (
  values: readonly number[],
  { from, to }: { readonly from: number; readonly to: number },
): number => {
  let best = { index: from, spread: Infinity };
  for (let index = from; index <= to; index += 1) {
    const spread = spreadAround(values.slice(0, index)) + spreadAround(values.slice(index));
    if (spread < best.spread) best = { index, spread };
  }
  return best.index;
};
