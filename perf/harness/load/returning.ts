import { msFromSeconds } from '../units.ts';
import type { Behaviour } from './behaviour.ts';
import { gentleDelaySeconds, plannedProfile, type LoadProfile } from './profile.ts';
import { defaultSeed } from './soak.ts';

/** How clients that come back are given by a scenario's author. */
export interface ReturningOptions {
  readonly connections: number;
  /** From the start of the load to its end. */
  readonly durationSeconds: number;
  /** Between the starts of two attempts. Default 0.01 s. */
  readonly delaySeconds?: number;
  /** The longest wait before the first try to come back, where the server gives no hint; it doubles with every further one. Default 0.5 s. */
  readonly backoffBaseSeconds?: number;
  /** No wait is longer. Default 10 s. */
  readonly backoffCapSeconds?: number;
  /** Tries of one connection at most, each time that it is lost. Default 20. */
  readonly tries?: number;
  /** No try begins later than this after the loss. Default 30 s. */
  readonly withinSeconds?: number;
  /** The same seed gives the same waits. A whole number; default 1. */
  readonly seed?: number;
  readonly whileOpen?: Behaviour;
}

/**
 * Opens `connections` and keeps them to the end of the load: whoever the server ends comes back, when the server's
 * `reconnect` message says, else after a wait that is drawn by chance.
 */
export const returning = (options: ReturningOptions): LoadProfile =>
  plannedProfile(
    {
      kind: 'returning',
      connections: options.connections,
      delayMs: msFromSeconds(options.delaySeconds ?? gentleDelaySeconds),
      durationMs: msFromSeconds(options.durationSeconds),
      backoff: {
        baseMs: msFromSeconds(options.backoffBaseSeconds ?? 0.5),
        capMs: msFromSeconds(options.backoffCapSeconds ?? 10),
        tries: options.tries ?? 20,
        withinMs: msFromSeconds(options.withinSeconds ?? 30),
      },
      seed: options.seed ?? defaultSeed,
    },
    options.whileOpen,
  );
