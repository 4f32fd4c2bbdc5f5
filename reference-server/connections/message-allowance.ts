/** How many messages a client may still send: fills up evenly, to at most a second's worth. */
export class MessageAllowance {
  readonly #perSecond: number;
  #left: number;
  #filledAtMs: number;

  constructor(perSecond: number, nowMs: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
    this.#filledAtMs = nowMs;
  }

  /** False when nothing is left; `nowMs` is of `performance.now()`. */
  take(nowMs: number): boolean {
    const refill = ((nowMs - this.#filledAtMs) / 1_000) * this.#perSecond;
    this.#left = Math.min(this.#perSecond, this.#left + refill);
    this.#filledAtMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
