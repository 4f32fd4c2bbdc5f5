import type { LoadProfile } from '../harness/load/profile.ts';
import type { SessionSettings } from '../settings.ts';

const msPerSecond = 1_000;

/** The profile with what the command line says instead: `--connections` and `--delay` of a ramp, `--hold` of any. */
export const applyOverrides = (
  profile: LoadProfile,
  {
    connections,
    delaySeconds,
    holdSeconds,
  }: Pick<SessionSettings['load'], 'connections' | 'delaySeconds' | 'holdSeconds'>,
): LoadProfile => {
  const { arrivals } = profile;
  return {
    ...profile,
    holdMs: holdSeconds === null ? profile.holdMs : holdSeconds * msPerSecond,
    arrivals:
      arrivals.kind === 'ramp'
        ? {
            ...arrivals,
            connections: connections ?? arrivals.connections,
            delayMs: delaySeconds === null ? arrivals.delayMs : delaySeconds * msPerSecond,
          }
        : arrivals,
  };
};
