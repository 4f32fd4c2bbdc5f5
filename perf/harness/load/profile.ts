import { msFromSeconds } from '../units.ts';
import type { Arrivals } from './arrivals.ts';
import { listen, pingEvery, type Behaviour } from './behaviour.ts';
import type { SlowReaders } from './slow-readers.ts';

/** How connections are opened, how long they are held, and what they do meanwhile. Plain data. */
export interface LoadProfile {
  readonly arrivals: Arrivals;
  /**
   * For a ramp and a burst: from the last attempt's outcome to the close of all. For arrivals at a rate: each
   * connection's life. After a reconnect storm: from the moment at which all are back or have given up. 0 where the
   * arrivals themselves plan when a connection leaves.
   */
  readonly holdMs: number;
  readonly whileOpen: Behaviour;
  /** Absent: all read what they are sent. */
  readonly slowReaders?: SlowReaders;
}

/** What most profiles take beside their own options. */
export interface HeldOptions {
  /** Default 2 s. */
  readonly holdSeconds?: number;
  /** Default: listen. */
  readonly whileOpen?: Behaviour;
}

const defaultHoldSeconds = 2;

/** A profile whose connections leave when a hold is over. */
export const heldProfile = (arrivals: Arrivals, { holdSeconds, whileOpen }: HeldOptions): LoadProfile => ({
  arrivals,
  holdMs: msFromSeconds(holdSeconds ?? defaultHoldSeconds),
  whileOpen: whileOpen ?? listen(),
});

/** A profile whose arrivals plan when each connection leaves. */
export const plannedProfile = (arrivals: Arrivals, whileOpen: Behaviour | undefined): LoadProfile => ({
  arrivals,
  holdMs: 0,
  whileOpen: whileOpen ?? listen(),
});

/** How `connections`, the delay and the hold are given by a scenario's author, in the units of the guide. */
export interface RampOptions extends HeldOptions {
  readonly connections: number;
  /** Between the starts of two attempts. */
  readonly delaySeconds: number;
}

/** Opens `connections` one after another with a delay between their starts, then holds them all: the guide's test. */
export const ramp = (options: RampOptions): LoadProfile =>
  heldProfile(
    { kind: 'ramp', connections: options.connections, delayMs: msFromSeconds(options.delaySeconds) },
    options,
  );

/** Starts `attemptsPerSecond` for `durationSeconds`, whatever the answers do; each connection lives `holdSeconds`. */
export const constantArrivalRate = (
  options: HeldOptions & { readonly attemptsPerSecond: number; readonly durationSeconds: number },
): LoadProfile =>
  heldProfile(
    {
      kind: 'constant-arrival-rate',
      attemptsPerSecond: options.attemptsPerSecond,
      durationMs: msFromSeconds(options.durationSeconds),
    },
    options,
  );

/** How a profile about open connections is given. */
export interface HoldOptions {
  readonly connections: number;
  /** Between the starts of two attempts, while the connections are opened. */
  readonly delaySeconds?: number;
  readonly holdSeconds: number;
}

/** Between the starts of two attempts where they are to come gently and the author says nothing. */
export const gentleDelaySeconds = 0.01;

/** Opens `connections` gently and keeps them open for `holdSeconds`. */
export const hold = (options: HoldOptions & { readonly whileOpen?: Behaviour }): LoadProfile =>
  ramp({ ...options, delaySeconds: options.delaySeconds ?? gentleDelaySeconds });

/** Holds `connections` that each ping every `everySeconds`, whatever the answers do, and times each round trip. */
export const pingRoundTrips = (
  options: HoldOptions & { readonly everySeconds: number; readonly via?: 'message' | 'frame' },
): LoadProfile =>
  hold({
    ...options,
    whileOpen: pingEvery({ everySeconds: options.everySeconds, via: options.via ?? 'frame' }),
  });

/** Holds `connections` that receive the feed, and checks each symbol's sequence for loss, duplicates and reordering. */
export const listenToFeed = (options: HoldOptions): LoadProfile => hold({ ...options, whileOpen: listen() });
