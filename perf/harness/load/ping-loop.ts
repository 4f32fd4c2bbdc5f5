import type { Clock } from '../connection/clock.ts';
import { answerAllowanceMs, type PingTally, type SendPing } from './ping-schedule.ts';

/** So many answered pings wait at most until it is certain that they had time for their answer. */
const mostUnsettled = 1_024;

/** Pings anew when the answer has come and the think time is over (closed loop), and times each answer. */
export class PingLoop {
  readonly #thinkMs: number;
  readonly #clock: Clock;
  readonly #tally: PingTally;
  readonly #send: SendPing;
  readonly #stamp = (): void => {
    this.#sentAtMs = this.#clock();
  };
  #timer: NodeJS.Timeout | null = null;
  #id = 0;
  #sentAtMs: number | null = null;
  #unsettled: number[] = [];
  #isStopped = false;

  constructor(options: {
    readonly thinkMs: number;
    readonly clock: Clock;
    readonly tally: PingTally;
    readonly send: SendPing;
  }) {
    this.#thinkMs = options.thinkMs;
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#send = options.send;
  }

  start(): void {
    this.#sentAtMs = this.#clock();
    this.#send(this.#id, this.#stamp);
    this.#tally.sent += 1;
    if (this.#sentAtMs < this.#tally.warmUpMs) this.#tally.warmUpSent += 1;
  }

  /** The answer to ping `id` has arrived whole; answers to nothing are ignored. */
  answer(id: number): void {
    if (this.#sentAtMs === null || id !== this.#id || this.#isStopped) return;
    this.#tally.roundTrip.record(this.#clock() - this.#sentAtMs, this.#sentAtMs);
    this.#unsettled.push(this.#sentAtMs);
    if (this.#unsettled.length >= mostUnsettled) this.#settle();
    this.#sentAtMs = null;
    this.#id = (this.#id + 1) % 2 ** 32;
    if (this.#thinkMs === 0) {
      this.start();
      return;
    }
    this.#timer = setTimeout(() => {
      this.start();
    }, this.#thinkMs);
  }

  /** Ends the loop and settles whether its last ping should have been answered by now. */
  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#settle();
    if (this.#sentAtMs !== null && this.#sentAtMs <= this.#clock() - answerAllowanceMs)
      this.#tally.answered.record(false, this.#sentAtMs);
  }

  #settle(): void {
    const latestMs = this.#clock() - answerAllowanceMs;
    for (const sentAtMs of this.#unsettled)
      if (sentAtMs <= latestMs) this.#tally.answered.record(true, sentAtMs);
    this.#unsettled = this.#unsettled.filter((sentAtMs) => sentAtMs > latestMs);
  }
}
