/** A series cut in two: `index` is that of the first value of the later part. */
export interface Split {
  readonly index: number;
  /** How far the later part's ranks lie above those of the earlier part, in standard deviations. */
  readonly statistic: number;
}

/** Ranks from 1; values that are equal share the mean of theirs. */
const midranks = (values: readonly number[]): Float64Array => {
  const order = values.map((_value, index) => index).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end += 1;
    for (const index of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
};

/**
 * The split at which the later values are most clearly larger: the largest standardised Mann–Whitney statistic of all splits
 * that leave at least so many values on each side; null when there is none. Mann & Whitney, Annals of Mathematical
 * Statistics 18 (1947) 50; its maximum over the splits as in Hawkins & Deng, Journal of Quality Technology 42 (2010) 165.
 */
export const scanSplits = (
  values: readonly number[],
  { minimumLeft, minimumRight }: { readonly minimumLeft: number; readonly minimumRight: number },
): Split | null => {
  const count = values.length;
  const ranks = midranks(values);
  let rankSum = (count * (count + 1)) / 2;
  let best: Split | null = null;
  for (let left = 1; left <= count - minimumRight; left += 1) {
    rankSum -= ranks[left - 1] ?? 0;
    if (left < minimumLeft) continue;
    const right = count - left;
    // The variance without ties: with them it is a little too large, which errs on the side of no alarm.
    const deviation = Math.sqrt((left * right * (count + 1)) / 12);
    const statistic = (rankSum - (right * (count + 1)) / 2) / deviation;
    if (best === null || statistic > best.statistic) best = { index: left, statistic };
  }
  return best;
};
