/** When one client of a server that stops is asked to leave, and how long it is to wait before it connects again. */
export interface Departure {
  /** From the beginning of the draining. */
  readonly atMs: number;
  /** What its `reconnect` message says. */
  readonly reconnectAfterMs: number;
}

// Multiples of the golden ratio, without their whole part, are spread evenly however many of them are taken.
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/**
 * Spreads the departures of `count` clients evenly over `drainMs`, the first at once, and their returns over
 * `reconnectSpreadMs` after that: the server that takes them in sees no wave.
 */
export const planDepartures = (
  count: number,
  spread: { readonly drainMs: number; readonly reconnectSpreadMs: number },
): readonly Departure[] =>
  Array.from({ length: count }, (_, index) => ({
    atMs: (index * spread.drainMs) / count,
    reconnectAfterMs: Math.floor(((index * goldenRatio) % 1) * spread.reconnectSpreadMs),
  }));
