interface Waiting {
  readonly dueAtMs: number;
  readonly release: () => void;
}

const compactAt = 1_024;

/**
 * Releases each entry a fixed delay after it was added, never early, at most about a millisecond late. Not a timer per
 * entry: Node counts those from the start of the loop's turn, so in a busy turn they would fire early.
 */
export class DelayQueue {
  readonly #delayMs: number;
  readonly #waiting: Waiting[] = [];
  #next = 0;
  #isArmed = false;

  constructor(delayMs: number) {
    this.#delayMs = delayMs;
  }

  add(release: () => void): void {
    if (this.#delayMs === 0) {
      release();
      return;
    }
    this.#waiting.push({ dueAtMs: performance.now() + this.#delayMs, release });
    if (!this.#isArmed) this.#arm();
  }

  #arm(): void {
    const first = this.#waiting[this.#next];
    this.#isArmed = first !== undefined;
    if (first === undefined) return;
    setTimeout(
      () => {
        this.#releaseDue();
      },
      Math.max(1, Math.ceil(first.dueAtMs - performance.now())),
    );
  }

  #releaseDue(): void {
    for (let first = this.#waiting[this.#next]; first !== undefined; first = this.#waiting[this.#next]) {
      if (first.dueAtMs > performance.now()) break;
      this.#next += 1;
      first.release();
    }
    if (this.#next >= compactAt) {
      this.#waiting.splice(0, this.#next);
      this.#next = 0;
    }
    this.#arm();
  }
}
