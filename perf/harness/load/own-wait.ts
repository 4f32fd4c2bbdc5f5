const everyMs = 2;
/** Timers count whole ms: one that fires up to this late was in time. */
const granularityMs = 1;

/**
 * Samples how long an event that is ready waits until this process handles it: in the queue of the event loop, or for a
 * processor. A timer every 2 ms stands for an answer that arrives at any moment: it is late by what such an answer would
 * have waited. Where a stall covers several of its due times each of them counts, or long stalls would count too little.
 */
export class OwnWait {
  #dueAtMs = 0;
  #told = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #onWaits: (waitsMs: readonly number[]) => void;

  constructor(onWaits: (waitsMs: readonly number[]) => void) {
    this.#onWaits = onWaits;
    this.#timer = setTimeout(() => {
      this.#sample();
      this.#timer.refresh();
    }, everyMs);
    this.#arm();
  }

  /** How many samples are due and could not be taken yet: this process has been busy since. */
  get overdue(): number {
    const lateMs = performance.now() - this.#dueAtMs;
    return lateMs < 0 ? 0 : dueWithin(lateMs, everyMs);
  }

  /**
   * How many samples this turn of the event loop has told: a stall before it held up what is read now, and the samples come
   * first, as timers do.
   */
  get toldThisTurn(): number {
    return this.#told;
  }

  /** Ends the sampling; what is waiting at this moment counts. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.overdue > 0) this.#sample();
  }

  #arm(): void {
    this.#dueAtMs = performance.now() + everyMs;
  }

  #sample(): void {
    const lateMs = performance.now() - this.#dueAtMs;
    const waitsMs = waitsWithin(lateMs, everyMs).map((waitMs) => Math.max(0, waitMs - granularityMs));
    this.#told = waitsMs.length;
    // Immediates come after what this turn reads.
    setImmediate(() => {
      this.#told = 0;
    });
    this.#onWaits(waitsMs);
    this.#arm();
  }
}

const dueWithin = (lateMs: number, periodMs: number): number => Math.max(1, Math.ceil(lateMs / periodMs));

/** What each due time within a stall waited, of due times every `periodMs`, the first of which waited `lateMs`. */
export const waitsWithin = (lateMs: number, periodMs: number): readonly number[] =>
  Array.from({ length: dueWithin(lateMs, periodMs) }, (_, index) => Math.max(0, lateMs - index * periodMs));
