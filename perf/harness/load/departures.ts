import type { Clock } from '../connection/clock.ts';
import { concluded } from './concluded.ts';
import type { ConnectionLife } from './connection-life.ts';
import { Happening } from './happening.ts';
import { endingOf, loadEndsAtMs, type Ending } from './pacer.ts';
import type { LoadProfile } from './profile.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';

/** The connections of one burst. */
interface Burst {
  readonly size: number;
  readonly lives: ConnectionLife[];
  readonly decided: Promise<void>[];
}

/** Lets each connection leave when the plan says so, but for those that leave last: the load is over with them. */
export class Departures {
  readonly #profile: LoadProfile;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;
  readonly #bursts = new Map<number, Burst>();
  /** Connections, or bursts, that have yet to leave. */
  #toLeave = 0;
  #noneLeft: Happening | null = null;

  /** `indices`: the attempts whose connections are seen off here. */
  constructor(
    profile: LoadProfile,
    indices: readonly number[],
    { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  ) {
    this.#profile = profile;
    this.#clock = clock;
    this.#signal = signal;
    for (const index of indices) {
      const ending = endingOf(profile.arrivals, index);
      if (ending.kind !== 'with-burst') continue;
      const size = (this.#bursts.get(ending.burst)?.size ?? 0) + 1;
      this.#bursts.set(ending.burst, { size, lives: [], decided: [] });
    }
  }

  /** A connection has been started; `decided` resolves when it is open or has failed. */
  started(life: ConnectionLife, decided: Promise<void>): void {
    const ending = endingOf(this.#profile.arrivals, life.index);
    switch (ending.kind) {
      case 'with-burst':
        this.#joinBurst(ending.burst, life, decided);
        return;
      case 'on-its-own':
        this.#await(this.#leaveOnItsOwn(life, decided));
        return;
      case 'planned':
        this.#await(this.#leaveAt(ending, life, decided));
        return;
      case 'with-all':
        return;
      default:
        ending satisfies never;
    }
  }

  /** Resolves when all but those that leave last have left, and the planned end of these has come. */
  async over(): Promise<void> {
    if (this.#toLeave === 0) return;
    this.#noneLeft ??= new Happening();
    await this.#noneLeft.promise;
  }

  /** Waits for the hold; the time allowed for the initial messages, or a conversation's answer, is not cut short by it. */
  async hold(lives: () => readonly ConnectionLife[]): Promise<void> {
    await sleepUnlessAborted(this.#profile.holdMs, this.#signal);
    await concluded(lives(), this.#signal);
  }

  /** Counts it until it is over: of a long load, those that have left are not kept. */
  #await(departure: Promise<void>): void {
    this.#toLeave += 1;
    // It never rejects: what becomes of a connection is data.
    void departure.then(() => {
      this.#toLeave -= 1;
      if (this.#toLeave === 0) this.#noneLeft?.happen();
    });
  }

  async #leaveOnItsOwn(life: ConnectionLife, decided: Promise<void>): Promise<void> {
    await decided;
    await this.hold(() => [life]);
    await life.leave();
  }

  #joinBurst(number: number, life: ConnectionLife, decided: Promise<void>): void {
    const burst = this.#bursts.get(number);
    if (burst === undefined) return;
    burst.lives.push(life);
    burst.decided.push(decided);
    if (burst.lives.length === burst.size) {
      this.#bursts.delete(number);
      this.#await(this.#leaveTogether(burst));
    }
  }

  async #leaveTogether({ lives, decided }: Burst): Promise<void> {
    await Promise.all(decided);
    await this.hold(() => lives);
    await Promise.all(lives.map((life) => life.leave()));
  }

  async #leaveAt(
    { atMs }: Extract<Ending, { kind: 'planned' }>,
    life: ConnectionLife,
    decided: Promise<void>,
  ): Promise<void> {
    await decided;
    await sleepUnlessAborted(atMs - this.#clock(), this.#signal);
    await concluded([life], this.#signal);
    if (atMs < (loadEndsAtMs(this.#profile.arrivals) ?? 0)) await life.leave();
  }
}
