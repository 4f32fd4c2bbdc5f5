/** One question for the server's time. */
export interface ClockExchange {
  /** On this machine's clock, ms of the Unix epoch. */
  readonly askedAtEpochMs: number;
  readonly answeredAtEpochMs: number;
  /** What the server's clock said in between. */
  readonly serverAtEpochMs: number;
}

/** How far the server's clock is ahead of this machine's. */
export interface OffsetEstimate {
  readonly offsetMs: number;
  /** The true offset is at most this far away. */
  readonly uncertaintyMs: number;
  /** Of the exchange that was taken, the one with the shortest. */
  readonly roundTripMs: number;
  readonly exchanges: number;
}

const resolutionsMs = [1_000, 1] as const;
/** How far a number of seconds, as a float, may be from the whole ms that it stands for. */
const floatErrorMs = 0.001;

/** What the server's clock is cut to: whole seconds, whole ms, or (0) nothing that shows. */
const resolutionOf = (exchanges: readonly ClockExchange[]): number =>
  resolutionsMs.find((resolutionMs) =>
    exchanges.every(({ serverAtEpochMs }) => {
      const rest = Math.abs(serverAtEpochMs % resolutionMs);
      return Math.min(rest, resolutionMs - rest) < floatErrorMs;
    }),
  ) ?? 0;

/**
 * The offset by Cristian's method (F. Cristian, Probabilistic clock synchronization, 1989; NTP's clock filter, RFC 5905
 * §10): the server read its clock at some moment of the exchange, so the middle is off by half a round trip at most, and
 * the shortest exchange says most. A clock that is cut to whole units is taken in the middle of its unit.
 */
export const estimateOffset = (exchanges: readonly ClockExchange[]): OffsetEstimate | null => {
  const roundTripOf = ({ askedAtEpochMs, answeredAtEpochMs }: ClockExchange): number =>
    answeredAtEpochMs - askedAtEpochMs;
  const shortest = exchanges.toSorted((a, b) => roundTripOf(a) - roundTripOf(b))[0];
  if (shortest === undefined) return null;
  const halfUnitMs = resolutionOf(exchanges) / 2;
  const roundTripMs = roundTripOf(shortest);
  return {
    offsetMs: shortest.serverAtEpochMs + halfUnitMs - (shortest.askedAtEpochMs + roundTripMs / 2),
    uncertaintyMs: roundTripMs / 2 + halfUnitMs,
    roundTripMs,
    exchanges: exchanges.length,
  };
};
