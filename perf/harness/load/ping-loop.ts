import type { Clock } from '../connection/clock.ts';
import { AnsweredPings } from './answered-pings.ts';
import type { PingTally, SendPing } from './ping-schedule.ts';

/** Pings anew when the answer has come and the think time is over (closed loop), and times each answer. */
export class PingLoop {
  readonly #thinkMs: number;
  readonly #clock: Clock;
  readonly #tally: PingTally;
  readonly #send: SendPing;
  readonly #answered: AnsweredPings;
  readonly #stamp = (): void => {
    this.#sentAtMs = this.#clock();
  };
  #timer: NodeJS.Timeout | null = null;
  #id = 0;
  #sentAtMs: number | null = null;
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
    this.#answered = new AnsweredPings(options.tally.answered);
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
    const nowMs = this.#clock();
    this.#tally.roundTrip.record(nowMs - this.#sentAtMs, this.#sentAtMs);
    this.#answered.add(this.#sentAtMs, nowMs);
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
    this.#answered.end(this.#clock(), this.#sentAtMs === null ? [] : [this.#sentAtMs]);
  }
}
