import type { Clock } from '../connection/clock.ts';
import type { SlotGrid } from '../metrics/slot-grid.ts';
import { TimedDistribution } from '../metrics/timed-distribution.ts';
import { TimedRate } from '../metrics/timed-rate.ts';
import { AnsweredPings, answerAllowanceMs } from './answered-pings.ts';

/** So many pings of a connection wait for their answers; older ones had more than their time, and are given up. */
const mostPending = 1_024;

/** The pings of one agent, over all its connections; each belongs to the moment it was sent, or due. */
export interface PingTally {
  readonly warmUpMs: number;
  readonly roundTrip: TimedDistribution;
  readonly roundTripFromDue: TimedDistribution;
  sent: number;
  /** Of those sent, the ones of the warm-up. */
  warmUpSent: number;
  /** Of those sent early enough to be answered. */
  readonly answered: TimedRate;
}

/** An empty tally. */
export const emptyPingTally = (grid: SlotGrid): PingTally => ({
  warmUpMs: grid.warmUpMs,
  roundTrip: new TimedDistribution(grid),
  roundTripFromDue: new TimedDistribution(grid),
  sent: 0,
  warmUpSent: 0,
  answered: new TimedRate(grid),
});

interface PendingPing {
  readonly dueAtMs: number;
  readonly sentAtMs: number;
}

/** Sends ping `id`; `onWriting` is to be called just before its bytes are handed to the system. */
export type SendPing = (id: number, onWriting: () => void) => void;

/** Pings at a fixed rate whatever the answers do (open loop) and times each answer by its id. */
export class PingSchedule {
  readonly #pending = new Map<number, PendingPing>();
  readonly #answered: AnsweredPings;
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #tally: PingTally;
  readonly #send: SendPing;
  readonly #stamp = (): void => {
    this.#writtenAtMs = this.#clock();
  };
  #writtenAtMs = 0;
  #timer: NodeJS.Timeout | null = null;
  #startedAtMs = 0;
  #nextId = 0;

  constructor(options: {
    readonly everyMs: number;
    readonly clock: Clock;
    readonly tally: PingTally;
    readonly send: SendPing;
  }) {
    this.#everyMs = options.everyMs;
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#send = options.send;
    this.#answered = new AnsweredPings(options.tally.answered);
  }

  start(): void {
    this.#startedAtMs = this.#clock();
    this.#sendDue();
  }

  /** The answer to ping `id` has arrived whole; answers to nothing are ignored. */
  answer(id: number): void {
    const nowMs = this.#clock();
    const ping = this.#pending.get(id);
    if (ping === undefined) return;
    this.#pending.delete(id);
    this.#answered.add(ping.sentAtMs, nowMs);
    this.#tally.roundTrip.record(nowMs - ping.sentAtMs, ping.sentAtMs);
    this.#tally.roundTripFromDue.record(nowMs - ping.dueAtMs, ping.dueAtMs);
  }

  /** Ends the sending and settles which pings should have been answered by now. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#answered.end(
      this.#clock(),
      [...this.#pending.values()].map(({ sentAtMs }) => sentAtMs),
    );
    this.#pending.clear();
  }

  #sendDue(): void {
    for (;;) {
      const dueAtMs = this.#startedAtMs + this.#nextId * this.#everyMs;
      const waitMs = dueAtMs - this.#clock();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => {
          this.#sendDue();
        }, waitMs);
        return;
      }
      const id = this.#nextId;
      this.#nextId += 1;
      // Of a connection that takes nothing any more, which stamps nothing.
      this.#writtenAtMs = this.#clock();
      this.#send(id, this.#stamp);
      const sentAtMs = this.#writtenAtMs;
      this.#tally.sent += 1;
      if (sentAtMs < this.#tally.warmUpMs) this.#tally.warmUpSent += 1;
      this.#pending.set(id, { dueAtMs, sentAtMs });
      this.#giveUpOldest(sentAtMs);
    }
  }

  #giveUpOldest(nowMs: number): void {
    if (this.#pending.size <= mostPending) return;
    for (const [id, { sentAtMs }] of this.#pending) {
      if (sentAtMs > nowMs - answerAllowanceMs) return;
      this.#tally.answered.record(false, sentAtMs);
      this.#pending.delete(id);
      if (this.#pending.size <= mostPending) return;
    }
  }
}
