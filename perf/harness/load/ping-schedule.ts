import { Distribution } from '../metrics/distribution.ts';
import type { Clock } from '../connection/clock.ts';

/** A ping counts as due an answer only when the connection was held at least this long after it. */
const answerAllowanceMs = 1_000;

/** The pings of one agent, over all its connections. */
export interface PingTally {
  readonly roundTrip: Distribution;
  readonly roundTripFromDue: Distribution;
  sent: number;
  /** Of those sent early enough to be answered. */
  answered: number;
  expected: number;
}

/** An empty tally. */
export const emptyPingTally = (): PingTally => ({
  roundTrip: new Distribution(),
  roundTripFromDue: new Distribution(),
  sent: 0,
  answered: 0,
  expected: 0,
});

interface PendingPing {
  readonly dueAtMs: number;
  readonly sentAtMs: number;
}

/** Pings at a fixed rate whatever the answers do (open loop) and times each answer by its id. */
export class PingSchedule {
  readonly #pending = new Map<number, PendingPing>();
  readonly #answeredSentAtMs: number[] = [];
  readonly #everyMs: number;
  readonly #clock: Clock;
  readonly #tally: PingTally;
  readonly #send: (id: number) => void;
  #timer: NodeJS.Timeout | null = null;
  #startedAtMs = 0;
  #nextId = 0;

  constructor(options: {
    readonly everyMs: number;
    readonly clock: Clock;
    readonly tally: PingTally;
    readonly send: (id: number) => void;
  }) {
    this.#everyMs = options.everyMs;
    this.#clock = options.clock;
    this.#tally = options.tally;
    this.#send = options.send;
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
    this.#answeredSentAtMs.push(ping.sentAtMs);
    this.#tally.roundTrip.record(nowMs - ping.sentAtMs);
    this.#tally.roundTripFromDue.record(nowMs - ping.dueAtMs);
  }

  /** Ends the sending and settles which pings should have been answered by now. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const latestExpectedMs = this.#clock() - answerAllowanceMs;
    const answered = this.#answeredSentAtMs.filter((sentAtMs) => sentAtMs <= latestExpectedMs).length;
    const unanswered = [...this.#pending.values()].filter(
      ({ sentAtMs }) => sentAtMs <= latestExpectedMs,
    ).length;
    this.#tally.answered += answered;
    this.#tally.expected += answered + unanswered;
    this.#pending.clear();
    this.#answeredSentAtMs.length = 0;
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
      this.#tally.sent += 1;
      this.#pending.set(id, { dueAtMs, sentAtMs: this.#clock() });
      this.#send(id);
    }
  }
}
