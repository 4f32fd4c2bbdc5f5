/**
 * How many connections may be started in one turn of the event loop. It adapts to what turns take, as TCP adapts its
 * window to loss: one more after a turn that was short, half after one that was long (RFC 5681 §3.1). The cost of a
 * start differs by a factor of ten between a warm plain dial and a cold one with TLS; the wait of an answer must not.
 */
export class TurnBudget {
  readonly #targetMs: number;
  readonly #min: number;
  readonly #max: number;
  #starts: number;

  constructor(options: Partial<TurnBudgetOptions> = {}) {
    const { targetMs, min, max, first } = { ...turnBudgetDefaults, ...options };
    this.#targetMs = targetMs;
    this.#min = min;
    this.#max = max;
    this.#starts = first;
  }

  /** How many may be started in this turn. */
  get starts(): number {
    return this.#starts;
  }

  /** A turn with starts in it took so long, its answers included. */
  turnTook(turnMs: number): void {
    this.#starts =
      turnMs > this.#targetMs
        ? Math.max(this.#min, Math.floor(this.#starts / 2))
        : Math.min(this.#max, this.#starts + 1);
  }
}

/** What a turn may take, and between which bounds its starts are kept. */
export interface TurnBudgetOptions {
  /** An answer waits about one turn at its connect and one at its 101: of 100 ms twice this is the error. */
  readonly targetMs: number;
  readonly min: number;
  readonly max: number;
  /** In the first turn, whose code is still cold. */
  readonly first: number;
}

const turnBudgetDefaults: TurnBudgetOptions = Object.freeze({ targetMs: 1, min: 1, max: 16, first: 2 });
