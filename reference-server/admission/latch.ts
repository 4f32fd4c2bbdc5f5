/** When a latch shuts, and when it opens again. */
export interface LatchOptions {
  /** A value above this shuts it. */
  readonly limit: number;
  /** It opens once the value has been at most this … */
  readonly releaseAt: number;
  /** … for this long, without having been above in between. */
  readonly releaseAfterMs: number;
}

/** A limit with hysteresis: what was refused at the limit is let in again only well below it, so that refusing does not flap. */
export class Latch {
  readonly #options: LatchOptions;
  #isShut = false;
  #calmSinceMs: number | undefined;

  constructor(options: LatchOptions) {
    this.#options = options;
  }

  get isShut(): boolean {
    return this.#isShut;
  }

  /** Takes the newest value of what is limited. */
  update(value: number, nowMs: number): void {
    const { limit, releaseAt, releaseAfterMs } = this.#options;
    if (value > limit) this.#isShut = true;
    if (value > releaseAt) this.#calmSinceMs = undefined;
    else this.#calmSinceMs ??= nowMs;
    if (this.#calmSinceMs !== undefined && nowMs - this.#calmSinceMs >= releaseAfterMs) this.#isShut = false;
  }
}
