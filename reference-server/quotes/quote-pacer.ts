/** After a pause longer than this the quotes that were missed are not made up for. */
const LONGEST_CATCH_UP_MS = 1_000;
const SHORTEST_WAIT_MS = 5;

/** Says how many quotes are due by now at a constant rate, without drifting and without a burst after a long pause. */
export class QuotePacer {
  readonly #quotesPerSecond: number;
  #startedAtMs: number;
  #taken = 0;

  constructor(quotesPerSecond: number, nowMs: number) {
    this.#quotesPerSecond = quotesPerSecond;
    this.#startedAtMs = nowMs;
  }

  /** The number of quotes that became due since the last call. */
  takeDue(nowMs: number): number {
    const due = this.#dueSinceStart(nowMs) - this.#taken;
    if (due > Math.max(1, (this.#quotesPerSecond * LONGEST_CATCH_UP_MS) / 1_000)) {
      this.#startedAtMs = nowMs;
      this.#taken = 0;
      return 1;
    }
    this.#taken += due;
    return due;
  }

  /** How long until the next quote is due; at high rates several share one wait. */
  waitMs(nowMs: number): number {
    const nextDueAtMs = this.#startedAtMs + ((this.#taken + 1) * 1_000) / this.#quotesPerSecond;
    return Math.max(SHORTEST_WAIT_MS, Math.ceil(nextDueAtMs - nowMs));
  }

  #dueSinceStart(nowMs: number): number {
    return Math.floor(((nowMs - this.#startedAtMs) * this.#quotesPerSecond) / 1_000);
  }
}
