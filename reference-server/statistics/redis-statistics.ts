import type { RedisLink } from '../backend/redis-link.ts';
import type {
  ConnectionCounts,
  ConnectionStatistics,
  OpenConnection,
  PendingAttempt,
} from './connection-statistics.ts';
import {
  leaveScript,
  readScript,
  recordScript,
  resetScript,
  statisticsKeys,
} from './redis-statistics-scripts.ts';
import { StatisticsBatch } from './statistics-batch.ts';

const HEARTBEAT_MS = 1_000;
const INSTANCE_LIFETIME_MS = 5_000;
const { counters, newestMicros, instanceExpiries, instanceOpen, lastBatchOf } = statisticsKeys;
const sharedKeys = [counters, newestMicros, instanceExpiries, instanceOpen];

/**
 * The statistics that instances add up in Redis. Nothing waits for Redis while connections open: what was counted is sent
 * in batches, one at a time, and a batch that could not be sent is kept and sent again.
 */
export class RedisStatistics implements ConnectionStatistics {
  readonly #link: RedisLink;
  readonly #instance: string;
  readonly #heartbeat: NodeJS.Timeout;
  #openNow = 0;
  #pending = new StatisticsBatch(1, 0);
  #hasNews = false;
  #unsent: StatisticsBatch | undefined;
  #sending: Promise<void> | undefined;
  /** What follows the sending under way. */
  #queued: Promise<void> | undefined;

  constructor(link: RedisLink, instance: string) {
    this.#link = link;
    this.#instance = instance;
    this.#heartbeat = setInterval(() => this.#reportSoon(), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  attemptArrived(): PendingAttempt {
    const { arrival } = this.#pending;
    this.#pending.attempts += 1;
    this.#noteNews();
    return {
      failed: () => {
        this.#pending.tallyFor(arrival).addFailure();
        this.#noteNews();
      },
      opened: (handshakeMs) => {
        this.#pending.tallyFor(arrival).addOpening(handshakeMs, Date.now());
        return this.#open();
      },
    };
  }

  async read(): Promise<ConnectionCounts> {
    await this.#report();
    return decodeCounts(await this.#link.run(readScript, sharedKeys, []));
  }

  async reset(): Promise<void> {
    await this.#report();
    await this.#link.run(resetScript, sharedKeys, []);
  }

  /** Reports what is left and takes this instance off the list. */
  async leave(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#report();
    await this.#link.run(leaveScript, [...sharedKeys, lastBatchOf(this.#instance)], [this.#instance]);
  }

  #open(): OpenConnection {
    this.#openNow += 1;
    this.#pending.mostOpen = Math.max(this.#pending.mostOpen, this.#openNow);
    this.#noteNews();
    return {
      closed: () => {
        this.#openNow -= 1;
        this.#noteNews();
      },
    };
  }

  #noteNews(): void {
    if (this.#hasNews) return;
    this.#hasNews = true;
    // Everything of this turn of the event loop goes into one report.
    setImmediate(() => this.#reportSoon());
  }

  #reportSoon(): void {
    // The link logs that Redis is away; the next heartbeat tries again.
    this.#report().catch(() => undefined);
  }

  /** Resolves when Redis has everything that was counted before the call, however much is counted after it. */
  #report(): Promise<void> {
    if (this.#queued !== undefined) return this.#queued;
    if (this.#sending === undefined) return this.#sendNow();
    // What was counted since the sending began is not in it, whatever becomes of it.
    this.#queued = this.#sending
      .catch(() => undefined)
      .then(() => {
        this.#queued = undefined;
        return this.#sendNow();
      });
    return this.#queued;
  }

  #sendNow(): Promise<void> {
    this.#sending = this.#sendBatches().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #sendBatches(): Promise<void> {
    if (this.#unsent !== undefined) await this.#send(this.#unsent);
    this.#unsent = this.#takePending();
    await this.#send(this.#unsent);
    this.#unsent = undefined;
  }

  #takePending(): StatisticsBatch {
    const batch = this.#pending;
    this.#pending = new StatisticsBatch(batch.number + 1, this.#openNow);
    this.#hasNews = false;
    return batch;
  }

  async #send(batch: StatisticsBatch): Promise<void> {
    const period = await this.#link.run(
      recordScript,
      [...sharedKeys, lastBatchOf(this.#instance)],
      [
        this.#instance,
        this.#openNow,
        Math.max(batch.mostOpen, this.#openNow),
        INSTANCE_LIFETIME_MS,
        batch.number,
        batch.attempts,
        batch.encodeTallies(),
      ],
    );
    batch.arrival.period = String(period);
  }
}

const decodeCounts = (reply: unknown): ConnectionCounts => {
  const [openNow, pairs, micros] = reply as [number, string[], string[]];
  const values = new Map<string, number>();
  for (let index = 0; index < pairs.length; index += 2)
    values.set(pairs[index] ?? '', Number(pairs[index + 1]));
  const value = (name: string): number => values.get(name) ?? 0;
  return {
    attempts: value('attempts'),
    failed: value('failed'),
    opened: value('opened'),
    openNow,
    mostOpen: Math.max(value('mostOpen'), openNow),
    sumMicros: value('sumMicros'),
    minMicros: value('minMicros'),
    maxMicros: value('maxMicros'),
    lastOpenedAtMs: value('lastOpenedAtMs'),
    newestMicros: micros.map(Number),
  };
};
