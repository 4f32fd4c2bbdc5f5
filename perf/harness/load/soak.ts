import { msFromSeconds } from '../units.ts';
import type { LifeTime } from './arrivals.ts';
import type { Behaviour } from './behaviour.ts';
import { gentleDelaySeconds, plannedProfile, type LoadProfile } from './profile.ts';

/** What is drawn by chance follows from this where the author gives no seed. */
export const defaultSeed = 1;

/** Connections that live `meanSeconds` on average: most are short, a few very long, as with users who come and go. */
export const exponentialLife = (options: { readonly meanSeconds: number }): LifeTime => ({
  kind: 'exponential',
  meanMs: msFromSeconds(options.meanSeconds),
});

/** Connections that live anything between `minimumSeconds` and `maximumSeconds`, each time as likely as any other. */
export const uniformLife = (options: {
  readonly minimumSeconds: number;
  readonly maximumSeconds: number;
}): LifeTime => ({
  kind: 'uniform',
  minimumMs: msFromSeconds(options.minimumSeconds),
  maximumMs: msFromSeconds(options.maximumSeconds),
});

/** Keeps `connections` open for `durationSeconds`, each living a drawn time and then replaced by another. */
export const soak = (options: {
  readonly connections: number;
  readonly durationSeconds: number;
  readonly life: LifeTime;
  /** Between the starts of two attempts while the load is built up. Default 0.01 s. */
  readonly delaySeconds?: number;
  /** The same seed gives the same lives. A whole number; default 1. */
  readonly seed?: number;
  readonly whileOpen?: Behaviour;
}): LoadProfile =>
  plannedProfile(
    {
      kind: 'churn',
      connections: options.connections,
      delayMs: msFromSeconds(options.delaySeconds ?? gentleDelaySeconds),
      durationMs: msFromSeconds(options.durationSeconds),
      life: options.life,
      seed: options.seed ?? defaultSeed,
    },
    options.whileOpen,
  );
