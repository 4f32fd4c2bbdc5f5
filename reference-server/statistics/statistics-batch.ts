import { OutcomeTally } from './outcome-tally.ts';

/** What one instance counted between two reports to the shared store. */
export class StatisticsBatch {
  readonly number: number;
  attempts = 0;
  mostOpen: number;
  /** The period in which the store counted this batch's attempts; undefined until it answered. */
  period: string | undefined;
  /** How attempts ended, by the batch in which they had arrived. */
  readonly #tallies = new Map<StatisticsBatch, OutcomeTally>();

  constructor(number: number, openNow: number) {
    this.number = number;
    this.mostOpen = openNow;
  }

  /** The tally for attempts that arrived in `arrival`, which is this batch or an earlier one. */
  tallyFor(arrival: StatisticsBatch): OutcomeTally {
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
