/** A quote as far as its place in the sequence goes. */
export interface SequencedQuote {
  readonly symbol: string;
  /** Counts up by one per symbol: a safe integer. */
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

/** Numbers that were skipped: all from `from` up to, not including, `until`. */
interface Gap {
  readonly from: number;
  readonly until: number;
  /** False where the skipping was seen in the warm-up: what stays missing is no finding. */
  readonly isJudged: boolean;
}

/** One symbol's sequence within one epoch. */
interface SymbolSequence {
  /** Where the connection came in; what is lower was sent before it, and is not missed. */
  readonly first: number;
  highest: number;
  /** As ranges, because a server may jump by any number. */
  gaps: readonly Gap[];
  /** Received although lower than `first`. */
  readonly early: Set<number>;
}

const withoutNumber = (gap: Gap, sequence: number): Gap[] =>
  [
    { ...gap, until: sequence },
    { ...gap, from: sequence + 1 },
  ].filter(({ from, until }) => from < until);

/** Watches the sequence numbers of one connection for loss, duplicates and reordering. */
export class SequenceTracker {
  /** By epoch and symbol: a straggler of an epoch that is over is still judged within its own. */
  readonly #sequences = new Map<string, SymbolSequence>();
  #received = 0;
  #duplicated = 0;
  #reordered = 0;

  /** The newest quote of a snapshot: what follows must continue from it. */
  startFrom(quote: SequencedQuote): void {
    const key = `${quote.epoch}\n${quote.symbol}`;
    if (!this.#sequences.has(key)) this.#begin(key, quote.sequence);
  }

  /** `isJudged` is false in the warm-up: the quote moves the sequence on, and what it shows is not counted. */
  receive({ epoch, symbol, sequence }: SequencedQuote, isJudged = true): void {
    const counted = isJudged ? 1 : 0;
    this.#received += counted;
    const key = `${epoch}\n${symbol}`;
    const current = this.#sequences.get(key);
    if (current === undefined) this.#begin(key, sequence);
    else if (sequence > current.highest) {
      if (sequence > current.highest + 1)
        current.gaps = [...current.gaps, { from: current.highest + 1, until: sequence, isJudged }];
      current.highest = sequence;
    } else if (this.#isNew(current, sequence)) this.#reordered += counted;
    else this.#duplicated += counted;
  }

  findings(): SequenceFindings {
    let lost = 0;
    for (const { gaps } of this.#sequences.values()) {
      for (const { from, until, isJudged } of gaps) if (isJudged) lost += until - from;
    }
    return { received: this.#received, lost, duplicated: this.#duplicated, reordered: this.#reordered };
  }

  #begin(key: string, sequence: number): void {
    this.#sequences.set(key, { first: sequence, highest: sequence, gaps: [], early: new Set() });
  }

  /** Whether a number not above the highest arrives for the first time; it is taken note of. */
  #isNew(current: SymbolSequence, sequence: number): boolean {
    if (sequence < current.first) {
      const isFirst = !current.early.has(sequence);
      current.early.add(sequence);
      return isFirst;
    }
    const gap = current.gaps.find(({ from, until }) => from <= sequence && sequence < until);
    if (gap === undefined) return false;
    current.gaps = current.gaps.flatMap((one) => (one === gap ? withoutNumber(gap, sequence) : [one]));
    return true;
  }
}
