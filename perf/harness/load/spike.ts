import { msFromSeconds } from '../units.ts';
import type { Behaviour } from './behaviour.ts';
import { gentleDelaySeconds, plannedProfile, type LoadProfile } from './profile.ts';

/** Holds a base load, onto which `spikeConnections` come at one instant, stay `spikeSeconds`, and leave. */
export const spike = (options: {
  readonly baseConnections: number;
  /** Between the starts of two attempts of the base. Default 0.01 s. */
  readonly delaySeconds?: number;
  readonly spikeConnections: number;
  /** From the start of the load to the spike. */
  readonly beforeSeconds: number;
  readonly spikeSeconds: number;
  /** From the end of the spike to that of the load. */
  readonly afterSeconds: number;
  readonly whileOpen?: Behaviour;
}): LoadProfile =>
  plannedProfile(
    {
      kind: 'spike',
      baseConnections: options.baseConnections,
      delayMs: msFromSeconds(options.delaySeconds ?? gentleDelaySeconds),
      spikeConnections: options.spikeConnections,
      beforeMs: msFromSeconds(options.beforeSeconds),
      spikeMs: msFromSeconds(options.spikeSeconds),
      afterMs: msFromSeconds(options.afterSeconds),
    },
    options.whileOpen,
  );
