import { msFromSeconds } from '../units.ts';
import { heldProfile, type HeldOptions, type LoadProfile } from './profile.ts';

/** Opens `connections` at one instant and holds them; with `bursts`, again every `everySeconds`. */
export const burst = (
  options: HeldOptions & {
    readonly connections: number;
    /** Default 1. */
    readonly bursts?: number;
    /** Between the beginnings of two bursts; needed for more than one. */
    readonly everySeconds?: number;
  },
): LoadProfile =>
  heldProfile(
    {
      kind: 'burst',
      connections: options.connections,
      bursts: options.bursts ?? 1,
      everyMs: msFromSeconds(options.everySeconds ?? 0),
    },
    options,
  );
