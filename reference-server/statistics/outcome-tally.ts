import { KEPT_HANDSHAKE_TIMES } from './connection-statistics.ts';

/** Adds up how attempts ended; bounded in size however many there are. */
export class OutcomeTally {
  failed = 0;
  opened = 0;
  sumMicros = 0;
  minMicros = 0;
  maxMicros = 0;
  lastOpenedAtMs = 0;
  readonly #micros: number[] = [];

  addFailure(): void {
    this.failed += 1;
  }

  addOpening(handshakeMs: number, openedAtMs: number): void {
    const micros = Math.round(handshakeMs * 1_000);
    this.minMicros = this.opened === 0 ? micros : Math.min(this.minMicros, micros);
    this.maxMicros = Math.max(this.maxMicros, micros);
    this.opened += 1;
    this.sumMicros += micros;
    this.lastOpenedAtMs = openedAtMs;
    this.#micros.push(micros);
    // Trimmed now and then rather than each time, because moving a long array costs more than keeping it.
    if (this.#micros.length >= 2 * KEPT_HANDSHAKE_TIMES) this.#micros.splice(0, KEPT_HANDSHAKE_TIMES);
  }

  /** The newest handshake times, oldest first. */
  get newestMicros(): readonly number[] {
    return this.#micros.slice(-KEPT_HANDSHAKE_TIMES);
  }
}
