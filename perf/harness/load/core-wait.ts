import { readCoreWaitMs } from './processor-reading.ts';

/** How long this process could have run but had no core. */
export interface CoreWaitReport {
  /** Of the time over which it was looked at. */
  readonly ratio: number;
}

interface Stretch {
  readonly fromMs: number;
  readonly waitedBeforeMs: number;
}

/** Adds up this process's wait for a core over some stretches of time. */
export class CoreWait {
  #stretch: Stretch | null = null;
  #waitedMs = 0;
  #overMs = 0;

  /** A stretch begins, where none is going on. */
  begin(): void {
    if (this.#stretch !== null) return;
    const waitedBeforeMs = readCoreWaitMs();
    if (waitedBeforeMs !== null) this.#stretch = { fromMs: performance.now(), waitedBeforeMs };
  }

  /** The stretch that is going on is over. */
  end(): void {
    if (this.#stretch === null) return;
    const { fromMs, waitedBeforeMs } = this.#stretch;
    this.#waitedMs += (readCoreWaitMs() ?? waitedBeforeMs) - waitedBeforeMs;
    this.#overMs += performance.now() - fromMs;
    this.#stretch = null;
  }

  /** Null where the system does not count it, or nothing was looked at. */
  report(): CoreWaitReport | null {
    return this.#overMs === 0 ? null : { ratio: this.#waitedMs / this.#overMs };
  }
}
