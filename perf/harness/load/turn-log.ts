import { Distribution } from '../metrics/distribution.ts';

/** What was started in the turns of the event loop, and how long these took. */
export interface TurnsReport {
  /** Starts in one turn of the event loop, over the turns that started anything; null when nothing was started. */
  readonly startsPerTurn: { readonly min: number; readonly median: number; readonly max: number } | null;
  /** How long a turn took that was followed by another without sleep, ms; null where each turn slept. */
  readonly turnMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
}

/** Keeps how many starts each turn made, and how long turns took. */
export class TurnLog {
  readonly #turnsByCount: number[] = [];
  readonly #turns = new Distribution();

  /** A turn made so many starts. */
  started(starts: number): void {
    if (starts > 0) this.#turnsByCount[starts] = (this.#turnsByCount[starts] ?? 0) + 1;
  }

  /** A turn that was followed by another without sleep took so long. */
  took(turnMs: number): void {
    this.#turns.record(turnMs);
  }

  report(): TurnsReport {
    return { startsPerTurn: this.#startsPerTurn(), turnMs: this.#turnMs() };
  }

  #startsPerTurn(): TurnsReport['startsPerTurn'] {
    const counts = Object.keys(this.#turnsByCount).map(Number);
    const turns = counts.reduce((total, count) => total + (this.#turnsByCount[count] ?? 0), 0);
    let passed = 0;
    const median = counts.find((count) => {
      passed += this.#turnsByCount[count] ?? 0;
      return passed * 2 >= turns;
    });
    return median === undefined ? null : { min: Math.min(...counts), median, max: Math.max(...counts) };
  }

  #turnMs(): TurnsReport['turnMs'] {
    const turns = this.#turns;
    return turns.count === 0
      ? null
      : {
          p50: turns.percentileMs(50) ?? 0,
          p99: turns.percentileMs(99) ?? 0,
          max: turns.percentileMs(100) ?? 0,
        };
  }
}
