import type { TimedRate } from '../metrics/timed-rate.ts';

/** A ping counts as due an answer only when the connection was held at least this long after it. */
export const answerAllowanceMs = 1_000;

/** Settled ones are let go so many at a time. */
const letGoAtATime = 1_024;

/** One connection's answered pings, each until it is certain that it had time for its answer. */
export class AnsweredPings {
  readonly #answered: TimedRate;
  #sentAtMs: number[] = [];
  /** Those before it are settled. */
  #head = 0;

  constructor(answered: TimedRate) {
    this.#answered = answered;
  }

  /** The ping sent then has been answered now. */
  add(sentAtMs: number, nowMs: number): void {
    this.#sentAtMs.push(sentAtMs);
    this.#settle(nowMs - answerAllowanceMs);
  }

  /** The pings are over: settles those that are left, and those that were not answered. */
  end(nowMs: number, unanswered: Iterable<number>): void {
    const latestMs = nowMs - answerAllowanceMs;
    // Answers may come in any order: one that had its time may stand behind one that had not.
    for (const sentAtMs of this.#sentAtMs.slice(this.#head))
      if (sentAtMs <= latestMs) this.#answered.record(true, sentAtMs);
    for (const sentAtMs of unanswered) if (sentAtMs <= latestMs) this.#answered.record(false, sentAtMs);
    this.#sentAtMs = [];
    this.#head = 0;
  }

  #settle(latestMs: number): void {
    for (;;) {
      const sentAtMs = this.#sentAtMs[this.#head];
      if (sentAtMs === undefined || sentAtMs > latestMs) break;
      this.#answered.record(true, sentAtMs);
      this.#head += 1;
    }
    if (this.#head < letGoAtATime || this.#head * 2 < this.#sentAtMs.length) return;
    this.#sentAtMs = this.#sentAtMs.slice(this.#head);
    this.#head = 0;
  }
}
