import { msFromSeconds } from '../units.ts';
import { heldProfile, type HeldOptions, type LoadProfile } from './profile.ts';

/** Starts attempts at a rate that goes from stage to stage in straight lines; each connection lives `holdSeconds`. */
export const rampingArrivalRate = (
  options: HeldOptions & {
    /** At the start. Default 0. */
    readonly startAttemptsPerSecond?: number;
    /** Each goes from the rate reached before to its own. */
    readonly stages: readonly { readonly attemptsPerSecond: number; readonly durationSeconds: number }[];
  },
): LoadProfile =>
  heldProfile(
    {
      kind: 'ramping-arrival-rate',
      startAttemptsPerSecond: options.startAttemptsPerSecond ?? 0,
      stages: options.stages.map(({ attemptsPerSecond, durationSeconds }) => ({
        attemptsPerSecond,
        durationMs: msFromSeconds(durationSeconds),
      })),
    },
    options,
  );
