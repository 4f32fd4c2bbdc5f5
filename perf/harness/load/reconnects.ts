import type { Clock } from '../connection/clock.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import {
  mergeTimedDistributions,
  TimedDistribution,
  type EncodedTimedDistribution,
} from '../metrics/timed-distribution.ts';
import { mergeTimedRates, TimedRate, type EncodedTimedRate } from '../metrics/timed-rate.ts';
import type { Arrivals } from './arrivals.ts';
import { backoffWaitMs } from './backoff-wait.ts';
import type { ConnectionLife } from './connection-life.ts';
import { OpeningQueue, type QueueReport } from './opening-queue.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';

type Storm = Extract<Arrivals, { kind: 'reconnect-storm' }>;

/** How the connections that were lost came back, all at the moment of the loss; plain data, mergeable. */
export interface ReconnectFindings {
  readonly cause: 'cut' | 'ended by the server';
  /** From the cut until it was open again, of those that came back, late ones included. */
  readonly recoveryTime: EncodedTimedDistribution;
  /** Tries of each connection that was cut, whether or not it came back; a number, not ms. */
  readonly tries: EncodedTimedDistribution;
  /** Those open again within the time limit, of all that were cut. */
  readonly recovered: EncodedTimedRate;
}

/** The findings of several agents, as if they were one; undefined where there are none. */
export const mergeReconnects = (parts: readonly ReconnectFindings[]): ReconnectFindings | undefined =>
  parts.length === 0
    ? undefined
    : {
        cause: parts[0]?.cause ?? 'cut',
        recoveryTime: mergeTimedDistributions(parts.map(({ recoveryTime }) => recoveryTime)),
        tries: mergeTimedDistributions(parts.map(({ tries }) => tries)),
        recovered: mergeTimedRates(parts.map(({ recovered }) => recovered)),
      };

/** The part of one agent's connections in a reconnect storm: all cut at one instant, each back by itself. */
export class Reconnects {
  readonly #storm: Storm;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #open: (index: number, retry: number, dueAtMs: number) => Promise<ConnectionLife>;
  readonly #queue: OpeningQueue;
  readonly #recoveryTime: TimedDistribution;
  readonly #tries: TimedDistribution;
  readonly #recovered: TimedRate;

  /** `open` starts the `retry`-th try (from 1) of a connection; it resolves when that is open or has failed. */
  constructor(
    storm: Storm,
    { clock, signal, grid }: { readonly clock: Clock; readonly signal: AbortSignal; readonly grid: SlotGrid },
    open: (index: number, retry: number, dueAtMs: number) => Promise<ConnectionLife>,
  ) {
    this.#storm = storm;
    this.#clock = clock;
    this.#signal = signal;
    this.#open = open;
    this.#queue = new OpeningQueue(clock);
    this.#recoveryTime = new TimedDistribution(grid);
    this.#tries = new TimedDistribution(grid);
    this.#recovered = new TimedRate(grid);
  }

  /**
   * Waits for the instant of the cut, cuts what is open then, and resolves when each is back or has given up. Those
   * still opening at that instant stay as they are.
   */
  async run(lives: () => readonly ConnectionLife[]): Promise<void> {
    await sleepUnlessAborted(this.#storm.cutAfterMs - this.#clock(), this.#signal);
    if (this.#signal.aborted) return;
    const open = lives().filter(({ isOpen }) => isOpen);
    const cutAtMs = this.#clock();
    for (const life of open) life.cut();
    await Promise.all(open.map((life) => this.#comeBack(life.index, cutAtMs)));
  }

  findings(): ReconnectFindings {
    return {
      cause: 'cut',
      recoveryTime: this.#recoveryTime.encode(),
      tries: this.#tries.encode(),
      recovered: this.#recovered.encode(),
    };
  }

  /** How the tries were let start. */
  pacing(): QueueReport {
    return this.#queue.report();
  }

  async #comeBack(index: number, cutAtMs: number): Promise<void> {
    const { backoff, seed } = this.#storm;
    let tries = 0;
    let recoveryTimeMs: number | null = null;
    while (tries < backoff.tries && recoveryTimeMs === null) {
      const dueAtMs = this.#clock() + backoffWaitMs(backoff, seed, index, tries + 1);
      if (dueAtMs > cutAtMs + backoff.withinMs) break;
      // Node's timers count whole milliseconds, and fire up to one too early.
      while (this.#clock() < dueAtMs && !this.#signal.aborted)
        await sleepUnlessAborted(Math.ceil(dueAtMs - this.#clock()), this.#signal);
      await this.#queue.turn();
      if (this.#signal.aborted) return;
      tries += 1;
      const { openedAtMs } = await this.#open(index, tries, dueAtMs);
      if (openedAtMs !== null) recoveryTimeMs = openedAtMs - cutAtMs;
    }
    if (this.#signal.aborted) return;
    if (recoveryTimeMs !== null) this.#recoveryTime.record(recoveryTimeMs, cutAtMs);
    this.#tries.record(tries, cutAtMs);
    this.#recovered.record(recoveryTimeMs !== null && recoveryTimeMs <= backoff.withinMs, cutAtMs);
  }
}
