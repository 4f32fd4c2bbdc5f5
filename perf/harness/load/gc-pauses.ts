import { PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';

/** What garbage collection held this process up. */
export interface GcReport {
  readonly count: number;
  readonly longestMs: number;
  readonly totalMs: number;
}

/** Adds up the pauses of garbage collection in this process. */
export class GcPauses {
  #pauses: GcReport = { count: 0, longestMs: 0, totalMs: 0 };
  readonly #observer: PerformanceObserver;

  constructor() {
    this.#observer = new PerformanceObserver((list) => {
      this.#add(list.getEntries());
    });
    this.#observer.observe({ entryTypes: ['gc'] });
  }

  /** The pauses since the last call, or since the start. */
  take(): GcReport {
    this.#add(this.#observer.takeRecords());
    const pauses = this.#pauses;
    this.#pauses = { count: 0, longestMs: 0, totalMs: 0 };
    return pauses;
  }

  stop(): void {
    this.#observer.disconnect();
  }

  #add(entries: readonly PerformanceEntry[]): void {
    const { count, longestMs, totalMs } = this.#pauses;
    const durations = entries.map(({ duration }) => duration);
    this.#pauses = {
      count: count + durations.length,
      longestMs: Math.max(longestMs, ...durations),
      totalMs: durations.reduce((total, duration) => total + duration, totalMs),
    };
  }
}
