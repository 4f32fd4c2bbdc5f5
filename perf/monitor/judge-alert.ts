import type { AlertRule } from './alert-rules.ts';

/** How an alert stands. `pending`: above its threshold, and not yet for long enough. */
export type AlertState =
  | { readonly kind: 'calm' }
  | { readonly kind: 'pending'; readonly sinceMs: number }
  | { readonly kind: 'raised'; readonly sinceMs: number };

/** How every alert stands at first. */
export const calm: AlertState = { kind: 'calm' };

/**
 * How an alert stands after one more value, taken `atMs`. Between the two thresholds it stays as it is, so that a value that
 * swings about one of them does not raise and clear it in turns; without a value it stays as it is, too: nobody knows.
 */
export const judgeAlert = (
  { raiseAbove, clearBelow, forMs }: AlertRule,
  state: AlertState,
  value: number | null,
  atMs: number,
): AlertState => {
  if (value === null || Number.isNaN(value)) return state;
  if (state.kind === 'raised') return value < clearBelow ? calm : state;
  if (value <= raiseAbove) return calm;
  const sinceMs = state.kind === 'pending' ? state.sinceMs : atMs;
  return atMs - sinceMs >= forMs ? { kind: 'raised', sinceMs } : { kind: 'pending', sinceMs };
};
