import { Distribution } from '../metrics/distribution.ts';

/** How long events waited in this process before they were handled, ms; null where nothing was sampled. */
export interface WaitReport {
  readonly meanMs: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const everyMs = 2;
/** Timers count whole ms: one that fires up to this late was in time. */
const granularityMs = 1;

/**
 * Samples how long an event that is ready waits until this process handles it: in the queue of the event loop, or for a
 * processor. A timer every 2 ms stands for an answer that arrives at any moment: it is late by what such an answer would
 * have waited. Where a stall covers several of its due times each of them counts, or long stalls would count too little.
 */
export class OwnWait {
  #waits = new Distribution();
  #dueAtMs = 0;
  readonly #timer: NodeJS.Timeout;

  constructor() {
    this.#timer = setTimeout(() => {
      this.#sample();
      this.#arm();
      this.#timer.refresh();
    }, everyMs);
    this.#arm();
  }

  /** What was sampled since the last call, or since the start; what is waiting at this moment counts. */
  take(): WaitReport | null {
    this.#sample();
    this.#arm();
    this.#timer.refresh();
    const { mean, p95, p99, max } = this.#waits.samples();
    this.#waits = new Distribution();
    return mean === null
      ? null
      : { meanMs: mean, p95Ms: p95 ?? mean, p99Ms: p99 ?? mean, maxMs: max ?? mean };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    this.#dueAtMs = performance.now() + everyMs;
  }

  #sample(): void {
    const lateMs = performance.now() - this.#dueAtMs;
    // Asked before it was due: it has not waited, and what would have become of it is not known.
    if (lateMs < -granularityMs) return;
    for (const waitMs of waitsWithin(lateMs, everyMs))
      this.#waits.record(Math.max(0, waitMs - granularityMs));
  }
}

/** What each due time within a stall waited, of due times every `periodMs`, the first of which waited `lateMs`. */
export const waitsWithin = (lateMs: number, periodMs: number): readonly number[] => {
  const count = Math.max(1, Math.ceil(lateMs / periodMs));
  return Array.from({ length: count }, (_, index) => Math.max(0, lateMs - index * periodMs));
};
