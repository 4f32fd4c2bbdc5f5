import { WeighedWaits, type WaitReport } from './weighed-waits.ts';

/** So many samples may be kept before those that no flight touches any more are added up. */
const mostKept = 4_096;

/**
 * Waits of this process while something of interest was in flight. Each flight counts alike: its share in the result is
 * spread evenly over the samples between its start and its end. So neither an idle time between two bursts nor one flight
 * that lasts for many others' time hides what the others waited.
 */
export class FlightWaits<Flight> {
  readonly #weighed = new WeighedWaits();
  /** Due times since the start whose wait is added up already. */
  #addedUp = 0;
  /** The waits after them; and by how much the weight changes at each of them. */
  #kept: number[] = [];
  #changes: number[] = [];
  /** The weight of the sample that was added up last. */
  #weight = 0;
  /** In the order of their start, each with the due time that it began with. */
  readonly #inFlight = new Map<Flight, number>();

  get isAny(): boolean {
    return this.#inFlight.size > 0;
  }

  /** `overdue`: samples that were due before now, and have not been told yet; negative: so many of those told are its own. */
  begin(flight: Flight, overdue: number): void {
    this.#inFlight.set(flight, Math.max(this.#addedUp, this.#now + overdue));
  }

  /** The flight is over; one that `counts` not, as nothing came at its end, leaves no trace. Tells whether it left one. */
  end(flight: Flight, overdue: number, counts: boolean): boolean {
    const from = this.#inFlight.get(flight);
    if (from === undefined) return false;
    this.#inFlight.delete(flight);
    if (!counts) return false;
    // One that began and ended between two samples is told by the next.
    const to = Math.max(from + 1, this.#now + overdue);
    this.#change(from, 1 / (to - from));
    this.#change(to, -1 / (to - from));
    return true;
  }

  sample(waitMs: number): void {
    this.#kept.push(waitMs);
    if (this.#kept.length > mostKept) this.#addUp(mostKept / 2);
  }

  /** Of those in flight until now nothing is known yet. */
  report(): WaitReport | null {
    this.#inFlight.clear();
    this.#addUp(0);
    return this.#weighed.report();
  }

  get #now(): number {
    return this.#addedUp + this.#kept.length;
  }

  #change(at: number, by: number): void {
    const position = at - this.#addedUp;
    while (this.#changes.length <= position) this.#changes.push(0);
    this.#changes[position] = (this.#changes[position] ?? 0) + by;
  }

  /** Adds up what no flight can touch any more, where that is worth while. */
  #addUp(atLeast: number): void {
    const earliest = this.#inFlight.values().next().value ?? this.#now;
    const count = Math.min(this.#kept.length, earliest - this.#addedUp);
    if (count < atLeast) return;
    for (let position = 0; position < count; position += 1) {
      this.#weight += this.#changes[position] ?? 0;
      this.#weighed.add(this.#kept[position] ?? 0, this.#weight);
    }
    this.#kept = this.#kept.slice(count);
    this.#changes = this.#changes.slice(count);
    this.#addedUp += count;
  }
}
