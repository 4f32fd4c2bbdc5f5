/**
 * Runs handshakes at once while the turn of the event loop has time for them, and the others in later turns, in their
 * order: between two turns open connections are served, however many clients arrive.
 */
export class HandshakePacer {
  readonly #budgetMs: number;
  readonly #waiting: (() => void)[] = [];
  #spentMs = 0;
  #isTurnCounted = false;

  /** `budgetMs`: how much of a turn handshakes may take; open connections wait no longer than this for them. */
  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs;
  }

  /** How many handshakes wait for a later turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  run(handshake: () => void): void {
    if (this.#waiting.length > 0 || this.#spentMs >= this.#budgetMs) this.#waiting.push(handshake);
    else this.#timed(handshake);
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => this.#nextTurn());
  }

  #timed(handshake: () => void): void {
    const startedAtMs = performance.now();
    handshake();
    this.#spentMs += performance.now() - startedAtMs;
  }

  #nextTurn(): void {
    this.#isTurnCounted = false;
    this.#spentMs = 0;
    let ran = 0;
    for (const handshake of this.#waiting) {
      if (this.#spentMs >= this.#budgetMs) break;
      ran += 1;
      this.#timed(handshake);
    }
    this.#waiting.splice(0, ran);
    if (ran === 0) return;
    this.#isTurnCounted = true;
    setImmediate(() => this.#nextTurn());
  }
}
