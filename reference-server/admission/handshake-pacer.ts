/** So many times what handshakes may take of a turn is how long arrivals alone may keep them from going on. */
const longestWaitInBudgets = 4;

/**
 * Runs handshakes at once while the turn of the event loop has time for them. Once they took more they wait, in their order, and
 * whoever arrives comes first: Node accepts one connection in a turn, so that behind a turn for each costly handshake all
 * newcomers would stand in line, the probe of a load balancer among them. Between two turns open connections are served.
 */
export class HandshakePacer {
  readonly #budgetMs: number;
  readonly #clock: () => number;
  readonly #waiting: (() => void)[] = [];
  #spentMs = 0;
  #lastRanAtMs = 0;
  #hasArrived = false;
  #isBehind = false;
  #isTurnCounted = false;

  /** `budgetMs`: how much of a turn handshakes may take; open connections wait no longer than this for them. */
  constructor(budgetMs: number, clock: () => number = () => performance.now()) {
    this.#budgetMs = budgetMs;
    this.#clock = clock;
  }

  /** How many handshakes wait for a later turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  run(handshake: () => void): void {
    this.#hasArrived = true;
    if (this.#isBehind || this.#isTurnSpent) this.#waiting.push(handshake);
    else this.#timed(handshake);
    this.#countTurn();
  }

  get #isTurnSpent(): boolean {
    return this.#spentMs >= this.#budgetMs;
  }

  #timed(handshake: () => void): void {
    const startedAtMs = this.#clock();
    handshake();
    this.#lastRanAtMs = this.#clock();
    this.#spentMs += this.#lastRanAtMs - startedAtMs;
  }

  #countTurn(): void {
    if (this.#isTurnCounted) return;
    this.#isTurnCounted = true;
    setImmediate(() => {
      this.#isTurnCounted = false;
      this.#endTurn();
    });
  }

  #endTurn(): void {
    const someoneArrived = this.#hasArrived;
    this.#hasArrived = false;
    this.#isBehind ||= this.#isTurnSpent;
    this.#spentMs = 0;
    if (!this.#isBehind) return;
    const waitedMs = this.#clock() - this.#lastRanAtMs;
    if (!someoneArrived || waitedMs >= longestWaitInBudgets * this.#budgetMs) this.#runWaiting();
    this.#isBehind = someoneArrived || this.#waiting.length > 0;
    if (this.#isBehind || this.#spentMs > 0) this.#countTurn();
  }

  #runWaiting(): void {
    let ran = 0;
    for (const handshake of this.#waiting) {
      if (this.#isTurnSpent) break;
      ran += 1;
      this.#timed(handshake);
    }
    this.#waiting.splice(0, ran);
  }
}
