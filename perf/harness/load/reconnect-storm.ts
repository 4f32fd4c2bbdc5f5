import { msFromSeconds } from '../units.ts';
import { gentleDelaySeconds, heldProfile, type HeldOptions, type LoadProfile } from './profile.ts';
import { defaultSeed } from './soak.ts';

/** How a reconnect storm is given by a scenario's author. */
export interface ReconnectStormOptions extends HeldOptions {
  readonly connections: number;
  /** Between the starts of two attempts before the cut. Default 0.01 s. */
  readonly delaySeconds?: number;
  /** From the last attempt's start to the cut of all. */
  readonly cutAfterSeconds: number;
  /** The longest wait before the first try to come back; it doubles with every further one. Default 0.5 s. */
  readonly backoffBaseSeconds?: number;
  /** No wait is longer. Default 10 s. */
  readonly backoffCapSeconds?: number;
  /** Tries of one connection at most. Default 20. */
  readonly tries?: number;
  /** No try begins later than this after the cut. Default 30 s. */
  readonly withinSeconds?: number;
  /** The same seed gives the same waits. A whole number; default 1. */
  readonly seed?: number;
}

/** Opens `connections`, cuts all of them at one instant, and lets each come back by itself, after waits drawn by chance. */
export const reconnectStorm = (options: ReconnectStormOptions): LoadProfile => {
  const delayMs = msFromSeconds(options.delaySeconds ?? gentleDelaySeconds);
  return heldProfile(
    {
      kind: 'reconnect-storm',
      connections: options.connections,
      delayMs,
      cutAfterMs: Math.max(0, options.connections - 1) * delayMs + msFromSeconds(options.cutAfterSeconds),
      backoff: {
        baseMs: msFromSeconds(options.backoffBaseSeconds ?? 0.5),
        capMs: msFromSeconds(options.backoffCapSeconds ?? 10),
        tries: options.tries ?? 20,
        withinMs: msFromSeconds(options.withinSeconds ?? 30),
      },
      seed: options.seed ?? defaultSeed,
    },
    options,
  );
};
