import type { MarketQuote } from './market-messages.ts';

/** Quotes that are kept at most, the newest of them: some megabytes, and at 20 quotes a second a quarter of an hour. */
const defaultMostKept = 20_000;

/** When and how often one quote arrived at connections that were ready. */
export interface QuoteArrivals {
  readonly id: string;
  readonly series: string;
  readonly sequence: number;
  readonly firstAtEpochMs: number;
  readonly lastAtEpochMs: number;
  /** Connections at which it arrived. */
  readonly count: number;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The quotes of one agent, or of several together; plain data. */
export interface QuoteFanOut {
  /** Those that are still kept, in the order of their first arrivals. */
  readonly quotes: readonly QuoteArrivals[];
  /** By series, the highest sequence number of a quote that had to be let go. */
  readonly letGoUpTo: Readonly<Record<string, number>>;
  /** How many had to be let go: of several agents, the most that one of them let go. */
  readonly letGo: number;
}

/** Keeps for each quote when it first and last arrived at this agent's connections, and at how many. */
export class FanOutTally {
  readonly #mostKept: number;
  readonly #kept = new Map<string, Mutable<QuoteArrivals>>();
  readonly #letGoUpTo = new Map<string, number>();
  #letGo = 0;
  // A quote reaches one connection after the other: mostly it is the one that came last.
  #lastQuote: MarketQuote | null = null;
  #lastArrivals: Mutable<QuoteArrivals> | null = null;

  constructor(mostKept = defaultMostKept) {
    this.#mostKept = mostKept;
  }

  /** A quote has arrived at a ready connection that had not received it before. */
  arrived(quote: MarketQuote, atEpochMs: number): void {
    const arrivals = quote === this.#lastQuote ? this.#lastArrivals : this.#find(quote, atEpochMs);
    this.#lastQuote = quote;
    this.#lastArrivals = arrivals;
    if (arrivals === null) return;
    arrivals.count += 1;
    arrivals.lastAtEpochMs = atEpochMs;
  }

  result(): QuoteFanOut {
    return {
      quotes: [...this.#kept.values()],
      letGoUpTo: Object.fromEntries(this.#letGoUpTo),
      letGo: this.#letGo,
    };
  }

  /** Null for a quote that was let go, or is older than one that was. */
  #find({ id, series, sequence }: MarketQuote, atEpochMs: number): Mutable<QuoteArrivals> | null {
    const known = this.#kept.get(id);
    if (known !== undefined) return known;
    if (sequence <= (this.#letGoUpTo.get(series) ?? Number.NEGATIVE_INFINITY)) return null;
    if (this.#kept.size >= this.#mostKept) this.#letGoOldest();
    const arrivals = { id, series, sequence, firstAtEpochMs: atEpochMs, lastAtEpochMs: atEpochMs, count: 0 };
    this.#kept.set(id, arrivals);
    return arrivals;
  }

  #letGoOldest(): void {
    for (const [id, { series, sequence }] of this.#kept) {
      this.#kept.delete(id);
      this.#letGo += 1;
      this.#letGoUpTo.set(series, Math.max(sequence, this.#letGoUpTo.get(series) ?? sequence));
      return;
    }
  }
}

/** What several agents saw of the same quotes: first arrival of all, last arrival of all, connections added up. */
export const mergeFanOut = (parts: readonly QuoteFanOut[]): QuoteFanOut => {
  const letGoUpTo = new Map<string, number>();
  for (const part of parts)
    for (const [series, sequence] of Object.entries(part.letGoUpTo))
      letGoUpTo.set(series, Math.max(sequence, letGoUpTo.get(series) ?? sequence));
  const merged = new Map<string, Mutable<QuoteArrivals>>();
  for (const quote of parts.flatMap(({ quotes }) => quotes)) {
    // Of what one agent let go, the others know only a part.
    if (quote.sequence <= (letGoUpTo.get(quote.series) ?? Number.NEGATIVE_INFINITY)) continue;
    const known = merged.get(quote.id);
    if (known === undefined) merged.set(quote.id, { ...quote });
    else {
      known.count += quote.count;
      known.firstAtEpochMs = Math.min(known.firstAtEpochMs, quote.firstAtEpochMs);
      known.lastAtEpochMs = Math.max(known.lastAtEpochMs, quote.lastAtEpochMs);
    }
  }
  return {
    quotes: [...merged.values()].toSorted((a, b) => a.firstAtEpochMs - b.firstAtEpochMs),
    letGoUpTo: Object.fromEntries(letGoUpTo),
    letGo: parts.reduce((most, { letGo }) => Math.max(most, letGo), 0),
  };
};
