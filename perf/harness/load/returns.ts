import type { Clock } from '../connection/clock.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import { TimedDistribution } from '../metrics/timed-distribution.ts';
import { TimedRate } from '../metrics/timed-rate.ts';
import type { Arrivals } from './arrivals.ts';
import { backoffWaitMs } from './backoff-wait.ts';
import { concluded } from './concluded.ts';
import type { ConnectionLife } from './connection-life.ts';
import { OpeningQueue, type QueueReport } from './opening-queue.ts';
import type { ReconnectFindings } from './reconnects.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';

type Returning = Extract<Arrivals, { kind: 'returning' }>;
type Loss = NonNullable<ConnectionLife['loss']>;

/** One agent's connections that the server ends and that come back, each by itself and as often as it is ended. */
export class Returns {
  readonly #plan: Returning;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #open: (index: number, retry: number, dueAtMs: number) => Promise<ConnectionLife>;
  readonly #queue: OpeningQueue;
  readonly #awayTime: TimedDistribution;
  readonly #tries: TimedDistribution;
  readonly #recovered: TimedRate;
  readonly #ended = new AbortController();
  readonly #watched: Promise<void>[] = [];
  readonly #untilEnd = new Promise<void>((resolve) => {
    this.#ended.signal.addEventListener('abort', () => {
      resolve();
    });
  });

  /** `open` starts the `retry`-th try (from 1) of a connection; it resolves when that is open or has failed. */
  constructor(
    plan: Returning,
    { clock, signal, grid }: { readonly clock: Clock; readonly signal: AbortSignal; readonly grid: SlotGrid },
    open: (index: number, retry: number, dueAtMs: number) => Promise<ConnectionLife>,
  ) {
    this.#plan = plan;
    this.#clock = clock;
    this.#signal = signal;
    this.#open = open;
    this.#queue = new OpeningQueue(clock);
    this.#awayTime = new TimedDistribution(grid);
    this.#tries = new TimedDistribution(grid);
    this.#recovered = new TimedRate(grid);
  }

  /** Sees to it that a connection of the plan comes back; `decided` resolves when it is open or has failed. */
  started(life: ConnectionLife, decided: Promise<void>): void {
    this.#watched.push(this.#keep(life, decided));
  }

  /** Resolves at the planned end of the load, when nothing is being opened any more. */
  async over(): Promise<void> {
    await sleepUnlessAborted(this.#plan.durationMs - this.#clock(), this.#signal);
    this.#ended.abort();
    await Promise.all(this.#watched);
  }

  findings(): ReconnectFindings {
    return {
      cause: 'ended by the server',
      recoveryTime: this.#awayTime.encode(),
      tries: this.#tries.encode(),
      recovered: this.#recovered.encode(),
    };
  }

  /** How the tries were let start. */
  pacing(): QueueReport {
    return this.#queue.report();
  }

  async #keep(first: ConnectionLife, decided: Promise<void>): Promise<void> {
    await decided;
    let life: ConnectionLife | null = first;
    let retries = 0;
    while (life !== null && !this.#ended.signal.aborted) {
      await Promise.race([life.closed, this.#untilEnd]);
      const { loss } = life;
      if (loss === null) break;
      const { index } = life;
      life = await this.#comeBack(index, loss, () => (retries += 1));
    }
    // The plan's own connections are waited for by those who see them off.
    if (life !== null && life !== first) await concluded([life], this.#signal);
  }

  /** The connection that is back; null where it gave up, or the load was over first. */
  async #comeBack(index: number, loss: Loss, nextRetry: () => number): Promise<ConnectionLife | null> {
    const { backoff, seed, durationMs } = this.#plan;
    let tries = 0;
    while (tries < backoff.tries) {
      const retry = nextRetry();
      const hintMs = tries === 0 ? loss.reconnectAfterMs : null;
      const waitMs = hintMs ?? backoffWaitMs(backoff, seed + retry, index, tries + 1);
      const dueAtMs = (tries === 0 ? loss.atMs : this.#clock()) + waitMs;
      if (dueAtMs > loss.atMs + backoff.withinMs) break;
      // The load is over first: of whoever had no try yet nobody knows what it would have come to.
      if (dueAtMs > durationMs) {
        if (tries === 0) return null;
        break;
      }
      // Node's timers count whole milliseconds, and fire up to one too early.
      while (this.#clock() < dueAtMs && !this.#isOver)
        await sleepUnlessAborted(Math.ceil(dueAtMs - this.#clock()), this.#signal);
      await this.#queue.turn();
      if (this.#isOver) {
        if (tries === 0 || this.#signal.aborted) return null;
        break;
      }
      tries += 1;
      const life = await this.#open(index, retry, dueAtMs);
      if (life.openedAtMs === null) continue;
      const awayMs = life.openedAtMs - loss.atMs;
      this.#awayTime.record(awayMs, loss.atMs);
      this.#tries.record(tries, loss.atMs);
      this.#recovered.record(awayMs <= backoff.withinMs, loss.atMs);
      return life;
    }
    if (this.#signal.aborted) return null;
    this.#tries.record(tries, loss.atMs);
    this.#recovered.record(false, loss.atMs);
    return null;
  }

  get #isOver(): boolean {
    return this.#signal.aborted || this.#ended.signal.aborted;
  }
}
