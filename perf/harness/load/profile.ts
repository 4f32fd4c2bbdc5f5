import { listen, pingEvery, type Behaviour } from './behaviour.ts';

/** How connections arrive. */
export type Arrivals =
  /**
   * One attempt after another with a fixed delay between their starts; all stay open together until the hold is over.
   *
   *     open │        ┌──── hold ────┐
   *          │     ┌──┘              │
   *          │  ┌──┘                 │
   *          └──┴────────────────────┴─ time
   */
  | { readonly kind: 'ramp'; readonly connections: number; readonly delayMs: number }
  /**
   * A fixed number of attempts a second, whatever the answers do; each connection lives for the hold and is closed.
   *
   *     open │     ┌───────────────┐
   *          │   ╱                   ╲
   *          │ ╱                       ╲
   *          └─────────────────────────── time
   */
  | {
      readonly kind: 'constant-arrival-rate';
      readonly attemptsPerSecond: number;
      readonly durationMs: number;
    };

/** How connections are opened, how long they are held, and what they do meanwhile. */
export interface LoadProfile {
  readonly arrivals: Arrivals;
  /** For a ramp: from the last attempt's outcome to the close of all. For arrivals at a rate: each connection's life. */
  readonly holdMs: number;
  readonly whileOpen: Behaviour;
}

/** How `connections`, the delay and the hold are given by a scenario's author, in the units of the guide. */
export interface RampOptions {
  readonly connections: number;
  /** Between the starts of two attempts. */
  readonly delaySeconds: number;
  readonly holdSeconds?: number;
  readonly whileOpen?: Behaviour;
}

/** Opens `connections` one after another with a delay between their starts, then holds them all: the guide's test. */
export const ramp = (options: RampOptions): LoadProfile => ({
  arrivals: { kind: 'ramp', connections: options.connections, delayMs: options.delaySeconds * 1_000 },
  holdMs: (options.holdSeconds ?? 2) * 1_000,
  whileOpen: options.whileOpen ?? listen(),
});

/** Starts `attemptsPerSecond` for `durationSeconds`, whatever the answers do; each connection lives `holdSeconds`. */
export const constantArrivalRate = (options: {
  readonly attemptsPerSecond: number;
  readonly durationSeconds: number;
  readonly holdSeconds?: number;
  readonly whileOpen?: Behaviour;
}): LoadProfile => ({
  arrivals: {
    kind: 'constant-arrival-rate',
    attemptsPerSecond: options.attemptsPerSecond,
    durationMs: options.durationSeconds * 1_000,
  },
  holdMs: (options.holdSeconds ?? 2) * 1_000,
  whileOpen: options.whileOpen ?? listen(),
});

/** How a profile about open connections is given. */
export interface HoldOptions {
  readonly connections: number;
  /** Between the starts of two attempts, while the connections are opened. */
  readonly delaySeconds?: number;
  readonly holdSeconds: number;
}

/** Opens `connections` gently and keeps them open for `holdSeconds`. */
export const hold = (options: HoldOptions & { readonly whileOpen?: Behaviour }): LoadProfile =>
  ramp({ ...options, delaySeconds: options.delaySeconds ?? 0.01 });

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
