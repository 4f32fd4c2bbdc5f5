import { msFromSeconds } from '../units.ts';
import type { Behaviour } from './behaviour.ts';
import { gentleDelaySeconds, plannedProfile, type LoadProfile } from './profile.ts';

/** Raises the number of open connections by `connectionsPerStep`, `steps` times, one step every `stepSeconds`. */
export const steps = (options: {
  readonly connectionsPerStep: number;
  readonly steps: number;
  readonly stepSeconds: number;
  /** Between the starts of two attempts of a step. Default 0.01 s. */
  readonly delaySeconds?: number;
  readonly whileOpen?: Behaviour;
}): LoadProfile =>
  plannedProfile(
    {
      kind: 'steps',
      connectionsPerStep: options.connectionsPerStep,
      steps: options.steps,
      stepMs: msFromSeconds(options.stepSeconds),
      delayMs: msFromSeconds(options.delaySeconds ?? gentleDelaySeconds),
    },
    options.whileOpen,
  );
