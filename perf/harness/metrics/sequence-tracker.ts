/** A quote as far as its place in the sequence goes. */
export interface SequencedQuote {
  readonly symbol: string;
  /** Counts up by one per symbol. */
  readonly sequence: number;
  /** Changes when the counting starts anew, so that a restart is no loss. */
  readonly epoch: string;
}

/** What one connection's sequences showed. */
export interface SequenceFindings {
  readonly received: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/** The findings of several connections together; null when there are none. */
export const sumFindings = (parts: readonly SequenceFindings[]): SequenceFindings | null => {
  if (parts.length === 0) return null;
  const sum = (key: keyof SequenceFindings): number => parts.reduce((total, part) => total + part[key], 0);
  return {
    received: sum('received'),
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    reordered: sum('reordered'),
  };
};

interface SymbolSequence {
  readonly epoch: string;
  highest: number;
  readonly missing: Set<number>;
}

/** Watches the sequence numbers of one connection for loss, duplicates and reordering. */
export class SequenceTracker {
  readonly #symbols = new Map<string, SymbolSequence>();
  /** Lost in epochs that are over. */
  #lostBefore = 0;
  #received = 0;
  #duplicated = 0;
  #reordered = 0;

  /** The newest quote of a snapshot: what follows must continue from it. */
  startFrom(quote: SequencedQuote): void {
    const current = this.#symbols.get(quote.symbol);
    if (current === undefined) this.#begin(quote);
  }

  receive(quote: SequencedQuote): void {
    this.#received += 1;
    const current = this.#symbols.get(quote.symbol);
    if (current === undefined || current.epoch !== quote.epoch) {
      this.#lostBefore += current?.missing.size ?? 0;
      this.#begin(quote);
      return;
    }
    if (quote.sequence > current.highest) {
      for (let skipped = current.highest + 1; skipped < quote.sequence; skipped += 1)
        current.missing.add(skipped);
      current.highest = quote.sequence;
    } else if (current.missing.delete(quote.sequence)) {
      this.#reordered += 1;
    } else {
      this.#duplicated += 1;
    }
  }

  findings(): SequenceFindings {
    let lost = this.#lostBefore;
    for (const { missing } of this.#symbols.values()) lost += missing.size;
    return { received: this.#received, lost, duplicated: this.#duplicated, reordered: this.#reordered };
  }

  #begin({ symbol, sequence, epoch }: SequencedQuote): void {
    this.#symbols.set(symbol, { epoch, highest: sequence, missing: new Set() });
  }
}
