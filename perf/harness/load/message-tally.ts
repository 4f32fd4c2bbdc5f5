import type { Clock } from '../connection/clock.ts';
import type { EpochClock } from '../connection/epoch-clock.ts';
import { slotAt, type SlotGrid } from '../metrics/slot-grid.ts';
import { TimedCounter } from '../metrics/timed-counter.ts';
import { TimedDistribution } from '../metrics/timed-distribution.ts';
import { FanOutTally } from './fan-out-tally.ts';
import type { MarketQuote } from './market-messages.ts';
import type { MessageResult } from './message-result.ts';

/** `publishedAt` is whole ms: a quote that seems to arrive before it by less is no contradiction. */
const publishedResolutionMs = 1;
/** Over a shorter hold a rate says nothing, ms. */
const shortestHoldMs = 500;

/** How the publisher's clock stands to this machine's. */
export interface ClockOffset {
  /** What has to be added to this machine's epoch time to have the publisher's. */
  readonly offsetMs: number;
  /** The true offset is at most this far away. */
  readonly uncertaintyMs: number;
}

/** So many that the process is not put aside in the midst of each. */
const originReadings = 16;

/** Each reading is at most the truth, by the time that passes between its two clocks: the largest is the truest. */
const readOriginEpochMs = (clock: Clock, epochClock: EpochClock): number =>
  Math.max(...Array.from({ length: originReadings }, () => epochClock.now() - clock()));

/** The messages of one agent, over all its connections. */
export class MessageTally {
  readonly #received: TimedCounter;
  readonly #bytes: TimedCounter;
  readonly #gaps: TimedDistribution;
  readonly #quoteLatency: TimedDistribution;
  readonly #fanOut = new FanOutTally();
  readonly #clock: Clock;
  readonly #epochClock: EpochClock;
  /** Epoch ms at 0 of the load's clock. */
  readonly #originEpochMs: number;
  readonly #offset: ClockOffset | null;
  readonly #earliestMs: number;
  readonly #grid: SlotGrid;
  #arrivedTooEarly = 0;
  #judgedMessages = 0;
  #judgedBytes = 0;
  #hold = { fromMs: 0, messages: 0, bytes: 0 };
  #messagesPerSecond: number | null = null;
  #bytesPerSecond: number | null = null;

  constructor(options: {
    readonly clock: Clock;
    readonly epochClock: EpochClock;
    /** Null where it is not known, so that no latency can be taken. */
    readonly offset: ClockOffset | null;
    readonly grid: SlotGrid;
  }) {
    const { clock, epochClock, offset, grid } = options;
    this.#clock = clock;
    this.#epochClock = epochClock;
    this.#originEpochMs = readOriginEpochMs(clock, epochClock);
    this.#offset = offset;
    this.#earliestMs = -Math.max(publishedResolutionMs, offset?.uncertaintyMs ?? 0);
    this.#grid = grid;
    this.#received = new TimedCounter(grid);
    this.#bytes = new TimedCounter(grid);
    this.#gaps = new TimedDistribution(grid);
    this.#quoteLatency = new TimedDistribution(grid);
  }

  /** Messages so far, without the warm-up. */
  get count(): number {
    return this.#judgedMessages;
  }

  /** `sinceLastMs`: since the message before it on the same connection; null for the first. */
  received(bytes: number, atMs: number, sinceLastMs: number | null): void {
    this.#received.add(atMs);
    this.#bytes.add(atMs, bytes);
    if (sinceLastMs !== null) this.#gaps.record(sinceLastMs, atMs);
    if (slotAt(this.#grid, atMs) === null) return;
    this.#judgedMessages += 1;
    this.#judgedBytes += bytes;
  }

  /** `isForFanOut`: it arrived for the first time on its connection, and the connection was ready. */
  quoteReceived(quote: MarketQuote, atMs: number, isForFanOut: boolean): void {
    const atEpochMs = this.#originEpochMs + atMs;
    if (isForFanOut) this.#fanOut.arrived(quote, atEpochMs);
    if (this.#offset === null || quote.publishedAtEpochMs === null) return;
    const latencyMs = atEpochMs + this.#offset.offsetMs - quote.publishedAtEpochMs;
    this.#quoteLatency.record(latencyMs, atMs);
    if (latencyMs < this.#earliestMs && slotAt(this.#grid, atMs) !== null) this.#arrivedTooEarly += 1;
  }

  /** From here on, or from the end of the warm-up, messages count for the throughput; the last call is the one that holds. */
  startHold(): void {
    this.#hold = {
      fromMs: Math.max(this.#clock(), this.#grid.warmUpMs),
      messages: this.#judgedMessages,
      bytes: this.#judgedBytes,
    };
  }

  /** The throughput is settled: what still arrives while connections are closed does not count for it. */
  endHold(): void {
    const holdMs = this.#clock() - this.#hold.fromMs;
    if (holdMs < shortestHoldMs) return;
    const seconds = holdMs / 1_000;
    this.#messagesPerSecond = (this.#judgedMessages - this.#hold.messages) / seconds;
    this.#bytesPerSecond = (this.#judgedBytes - this.#hold.bytes) / seconds;
  }

  result(): MessageResult {
    return {
      received: this.#received.encode(),
      bytes: this.#bytes.encode(),
      gaps: this.#gaps.encode(),
      quoteLatency: this.#quoteLatency.encode(),
      arrivedTooEarly: this.#arrivedTooEarly,
      messagesPerSecond: this.#messagesPerSecond,
      bytesPerSecond: this.#bytesPerSecond,
      fanOut: this.#fanOut.result(),
      wallClockDriftMs: this.#epochClock.driftMs(),
    };
  }
}
