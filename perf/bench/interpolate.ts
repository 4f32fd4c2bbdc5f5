/** A value that was seen at some moment. */
export interface Seen {
  readonly at: number;
  readonly value: number;
}

/**
 * The value at a moment, on the straight line between what was seen before and after it; before the first and after the last,
 * that one. `seen`: at least one, in the order of time.
 */
export const interpolate = (seen: readonly Seen[], at: number): number => {
  const next = seen.findIndex((one) => one.at >= at);
  const after = seen[next] ?? seen.at(-1);
  const before = next === -1 ? after : (seen[next - 1] ?? after);
  if (before === undefined || after === undefined) throw new RangeError('Nothing was seen.');
  const span = after.at - before.at;
  return span === 0 ? after.value : before.value + ((at - before.at) / span) * (after.value - before.value);
};
