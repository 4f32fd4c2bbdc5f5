import { OutcomeTally } from './outcome-tally.ts';

/**
 * When attempts arrived, as far as the store is concerned. It refers to nothing else: attempts outlive the batch in which
 * they arrived, and each batch would otherwise keep the one before it, and that one all others.
 */
export interface Arrival {
  /** The period in which the store counted the attempts; undefined until it answered. */
  period: string | undefined;
}

/** What one instance counted between two reports to the shared store. */
export class StatisticsBatch {
  readonly number: number;
  attempts = 0;
  mostOpen: number;
  /** Of the attempts that arrived in this batch. */
  readonly arrival: Arrival = { period: undefined };
  /** How attempts ended, by when they had arrived. */
  readonly #tallies = new Map<Arrival, OutcomeTally>();

  constructor(number: number, openNow: number) {
    this.number = number;
    this.mostOpen = openNow;
  }

  /** The tally for attempts that arrived in this batch or an earlier one. */
  tallyFor(arrival: Arrival): OutcomeTally {
    const known = this.#tallies.get(arrival);
    if (known !== undefined) return known;
    const tally = new OutcomeTally();
    this.#tallies.set(arrival, tally);
    return tally;
  }

  /** The tallies as the store's script reads them; an empty period means this batch's own. */
  encodeTallies(): string {
    return JSON.stringify(
      [...this.#tallies].map(([arrival, tally]) => ({
        period: arrival.period ?? '',
        failed: tally.failed,
        opened: tally.opened,
        sumMicros: tally.sumMicros,
        minMicros: tally.minMicros,
        maxMicros: tally.maxMicros,
        lastOpenedAtMs: tally.lastOpenedAtMs,
        newestMicros: tally.newestMicros,
      })),
    );
  }
}
