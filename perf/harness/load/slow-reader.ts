import type { SlowReading } from '../connection/attempt.ts';
import type { Clock } from '../connection/clock.ts';
import type { SlowReaders } from './slow-readers.ts';

/** Told apart from all pings of a behaviour, which count from 0. */
const catchUpPing = 0xff_ff_ff_ff;

/** Who reads again has this long for what piled up. */
export const catchUpWithinMs = 5_000;

/** What a slow reader does on its connection. */
export interface SlowLine {
  readonly bytesReceived: number;
  stopReading(): void;
  readAgain(): void;
  /** Sends a protocol ping frame, whose answer comes after all that was sent before it. */
  ping(id: number): void;
}

/** Lets one connection stop reading at its time, read again, and says what became of it. */
export class SlowReader {
  readonly #plan: SlowReaders;
  readonly #clock: Clock;
  readonly #line: SlowLine;
  #timer: NodeJS.Timeout | null = null;
  #stoppedAtMs: number | null = null;
  #readAgain: { readonly atMs: number; readonly bytesBefore: number } | null = null;
  #outcome: SlowReading | null = null;

  constructor(plan: SlowReaders, clock: Clock, line: SlowLine) {
    this.#plan = plan;
    this.#clock = clock;
    this.#line = line;
  }

  /** The connection is open. */
  start(): void {
    const waitMs = this.#plan.stopAtMs - this.#clock();
    if (waitMs >= 0) this.#timer = setTimeout(this.#stop, waitMs);
  }

  /** Whether a pong answers the ping of a slow reader, and not one of its behaviour. */
  hearPong(id: number): boolean {
    if (id !== catchUpPing) return false;
    const stoppedAtMs = this.#stoppedAtMs;
    const readAgain = this.#readAgain;
    if (stoppedAtMs !== null && readAgain !== null) {
      this.#outcome ??= {
        state: 'caught-up',
        stoppedAtMs,
        readAgainAtMs: readAgain.atMs,
        caughtUpAtMs: this.#clock(),
        unreadBytes: this.#line.bytesReceived - readAgain.bytesBefore,
      };
    }
    return true;
  }

  /** The connection is left (null), or the other side has ended it, with this code. */
  end(closeCode: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#outcome ??= this.#endOf(closeCode);
  }

  /** What has become of it so far. */
  get outcome(): SlowReading {
    return this.#outcome ?? this.#endOf(null);
  }

  readonly #stop = (): void => {
    this.#stoppedAtMs = this.#clock();
    this.#line.stopReading();
    const { stopAtMs, forMs } = this.#plan;
    this.#timer = setTimeout(this.#goOn, stopAtMs + forMs - this.#stoppedAtMs);
  };

  readonly #goOn = (): void => {
    this.#timer = null;
    this.#readAgain = { atMs: this.#clock(), bytesBefore: this.#line.bytesReceived };
    this.#line.readAgain();
    this.#line.ping(catchUpPing);
  };

  #endOf(closeCode: number | null): SlowReading {
    const stoppedAtMs = this.#stoppedAtMs;
    if (stoppedAtMs === null) return { state: 'never-stopped' };
    const readAgain = this.#readAgain;
    if (closeCode !== null) {
      const unreadBytes = readAgain === null ? 0 : this.#line.bytesReceived - readAgain.bytesBefore;
      return { state: 'closed', stoppedAtMs, closeCode, unreadBytes };
    }
    const hadItsTime = readAgain !== null && this.#clock() - readAgain.atMs >= catchUpWithinMs;
    return hadItsTime
      ? { state: 'behind', stoppedAtMs, readAgainAtMs: readAgain.atMs }
      : { state: 'undecided', stoppedAtMs };
  }
}
