/** A quote as far as its place in the sequence goes. */
export interface SequencedQuote {
  /** Its symbol and epoch: what is counted together. The epoch changes when counting starts anew, so that a restart is no loss. */
  readonly series: string;
  /** Counts up by one in its series: a safe integer. */
  readonly sequence: number;
}

/** What one connection's sequences showed. */
export interface SequenceFindings {
  readonly received: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly reordered: number;
}

/** What one connection received of a series. */
export interface ReceivedRange {
  readonly series: string;
  /** Where the connection came in: it was told so, or this was the first quote that it received. */
  readonly first: number;
  readonly highest: number;
  /** Numbers in between that did not arrive: from, up to and not including. */
  readonly missing: readonly (readonly [from: number, until: number])[];
  /** How many more did not arrive, in gaps that are too old to be kept apart. */
  readonly missingBefore: number;
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

/** Gaps of a series that are kept apart, the newest of them; what is missing in older ones stays lost. */
const mostGaps = 64;

/** Numbers that were skipped: all from `from` up to, not including, `until`. */
interface Gap {
  readonly from: number;
  readonly until: number;
  /** False where the skipping was seen in the warm-up: what stays missing is no finding. */
  readonly isJudged: boolean;
}

/** One series as far as it was received. */
interface ReceivedSeries {
  /** Where the connection came in; what is lower was sent before it, and is not missed. */
  readonly first: number;
  highest: number;
  /** As ranges, because a server may jump by any number. */
  readonly gaps: Gap[];
  /** Numbers in gaps that are not kept any more. */
  dropped: number;
  /** Received although lower than `first`. */
  readonly early: Set<number>;
}

const withoutNumber = (gap: Gap, sequence: number): Gap[] =>
  [
    { ...gap, until: sequence },
    { ...gap, from: sequence + 1 },
  ].filter(({ from, until }) => from < until);

const judgedLength = ({ from, until, isJudged }: Gap): number => (isJudged ? until - from : 0);

/** Watches the sequence numbers of one connection for loss, duplicates and reordering. */
export class SequenceTracker {
  /** A straggler of an epoch that is over is still judged within its own series. */
  readonly #series = new Map<string, ReceivedSeries>();
  #received = 0;
  #duplicated = 0;
  #reordered = 0;
  /** In gaps that are not kept any more. */
  #lost = 0;

  /** The newest quote of a snapshot: what follows must continue from it. */
  startFrom(quote: SequencedQuote): void {
    if (!this.#series.has(quote.series)) this.#begin(quote);
  }

  /**
   * Takes note of a quote and says whether it is the first time that it arrives. `isJudged` is false in the warm-up: the
   * quote moves the sequence on, and what it shows is not counted.
   */
  receive(quote: SequencedQuote, isJudged = true): boolean {
    const counted = isJudged ? 1 : 0;
    this.#received += counted;
    const { sequence } = quote;
    const current = this.#series.get(quote.series);
    if (current === undefined) {
      this.#begin(quote);
      return true;
    }
    if (sequence > current.highest) {
      if (sequence > current.highest + 1)
        this.#skip(current, { from: current.highest + 1, until: sequence, isJudged });
      current.highest = sequence;
      return true;
    }
    const isNew = this.#isNew(current, sequence);
    if (isNew) this.#reordered += counted;
    else this.#duplicated += counted;
    return isNew;
  }

  /** What was received of each series. */
  ranges(): ReceivedRange[] {
    return [...this.#series].map(([series, { first, highest, gaps, dropped }]) => ({
      series,
      first,
      highest,
      missing: gaps.map(({ from, until }) => [from, until] as const),
      missingBefore: dropped,
    }));
  }

  findings(): SequenceFindings {
    let lost = this.#lost;
    for (const { gaps } of this.#series.values()) {
      for (const gap of gaps) lost += judgedLength(gap);
    }
    return { received: this.#received, lost, duplicated: this.#duplicated, reordered: this.#reordered };
  }

  #begin({ series, sequence }: SequencedQuote): void {
    this.#series.set(series, { first: sequence, highest: sequence, gaps: [], dropped: 0, early: new Set() });
  }

  #skip(series: ReceivedSeries, gap: Gap): void {
    const { gaps } = series;
    gaps.push(gap);
    if (gaps.length <= mostGaps) return;
    // A late one splits a gap in two: there may be more than one too many.
    for (const old of gaps.splice(0, gaps.length - mostGaps)) {
      this.#lost += judgedLength(old);
      series.dropped += old.until - old.from;
    }
  }

  /** Whether a number not above the highest arrives for the first time; it is taken note of. */
  #isNew(current: ReceivedSeries, sequence: number): boolean {
    if (sequence < current.first) {
      const isFirst = !current.early.has(sequence);
      current.early.add(sequence);
      return isFirst;
    }
    const place = current.gaps.findLastIndex(({ from, until }) => from <= sequence && sequence < until);
    const gap = current.gaps[place];
    if (gap === undefined) return false;
    current.gaps.splice(place, 1, ...withoutNumber(gap, sequence));
    return true;
  }
}
