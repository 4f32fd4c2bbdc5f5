import type { Clock } from '../connection/clock.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import {
  mergeTimedDistributions,
  TimedDistribution,
  type EncodedTimedDistribution,
} from '../metrics/timed-distribution.ts';
import { mergeTimedRates, TimedRate, type EncodedTimedRate } from '../metrics/timed-rate.ts';
import type { MarketMessage } from './market-messages.ts';
import { answerAllowanceMs } from './answered-pings.ts';

/** What the subscriptions of several connections came to; plain data, mergeable. */
export interface SubscriptionFindings {
  /** From the subscription handed to the socket to its confirmation. */
  readonly confirmTime: EncodedTimedDistribution;
  /** Subscriptions confirmed, of those that had time for it. */
  readonly confirmed: EncodedTimedRate;
  /** Quotes received once the subscription was confirmed; a hit is one of a symbol that was asked for. */
  readonly quotes: EncodedTimedRate;
}

/** The subscriptions of one agent, over all its connections. */
export class SubscriptionTally {
  readonly confirmTime: TimedDistribution;
  readonly confirmed: TimedRate;
  readonly quotes: TimedRate;

  constructor(grid: SlotGrid) {
    this.confirmTime = new TimedDistribution(grid);
    this.confirmed = new TimedRate(grid);
    this.quotes = new TimedRate(grid);
  }

  findings(): SubscriptionFindings {
    return {
      confirmTime: this.confirmTime.encode(),
      confirmed: this.confirmed.encode(),
      quotes: this.quotes.encode(),
    };
  }
}

/** The findings of several agents, as if they were one; undefined where there are none. */
export const mergeSubscriptions = (
  parts: readonly SubscriptionFindings[],
): SubscriptionFindings | undefined =>
  parts.length === 0
    ? undefined
    : {
        confirmTime: mergeTimedDistributions(parts.map(({ confirmTime }) => confirmTime)),
        confirmed: mergeTimedRates(parts.map(({ confirmed }) => confirmed)),
        quotes: mergeTimedRates(parts.map(({ quotes }) => quotes)),
      };

/** One connection's subscription: asked for once, then every quote is held against it. */
export class Subscription {
  readonly #symbols: ReadonlySet<string>;
  readonly #clock: Clock;
  readonly #tally: SubscriptionTally;
  readonly #send: (text: string) => void;
  #sentAtMs: number | null = null;
  #isConfirmed = false;

  constructor(options: {
    readonly symbols: readonly string[];
    readonly clock: Clock;
    readonly tally: SubscriptionTally;
    readonly send: (text: string) => void;
  }) {
    this.#symbols = new Set(options.symbols);
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#send = options.send;
  }

  start(): void {
    this.#sentAtMs = this.#clock();
    this.#send(JSON.stringify({ type: 'subscribe', symbols: [...this.#symbols] }));
  }

  hear(message: MarketMessage, nowMs: number): void {
    if (message.type === 'quote' && this.#isConfirmed) {
      this.#tally.quotes.record(this.#symbols.has(message.quote.symbol), nowMs);
      return;
    }
    if (message.type !== 'subscribed' || this.#sentAtMs === null || this.#isConfirmed) return;
    this.#isConfirmed = true;
    this.#tally.confirmTime.record(nowMs - this.#sentAtMs, this.#sentAtMs);
    this.#tally.confirmed.record(true, this.#sentAtMs);
  }

  /** The hold is over, or the connection: an answer that had no time to come is not missed. */
  stop(): void {
    const sentAtMs = this.#sentAtMs;
    if (this.#isConfirmed || sentAtMs === null) return;
    if (sentAtMs <= this.#clock() - answerAllowanceMs) this.#tally.confirmed.record(false, sentAtMs);
    this.#sentAtMs = null;
  }
}
