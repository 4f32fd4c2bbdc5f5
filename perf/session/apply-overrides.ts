import { HarnessError } from '../harness/harness-error.ts';
import type { Arrivals } from '../harness/load/arrivals.ts';
import { loadEndsAtMs } from '../harness/load/pacer.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import { msFromSeconds } from '../harness/units.ts';
import type { SessionSettings } from '../settings.ts';

type Overrides = Pick<
  SessionSettings['load'],
  'connections' | 'delaySeconds' | 'holdSeconds' | 'durationSeconds' | 'areDefaults'
>;

/** The options that say nothing about such a load. */
const meaningless = (arrivals: Arrivals, overrides: Overrides): string[] => {
  const { connections, delaySeconds, holdSeconds, durationSeconds } = overrides;
  const isRamp = arrivals.kind === 'ramp';
  return [
    ...(connections !== null && !isRamp ? ['--connections'] : []),
    ...(delaySeconds !== null && !isRamp ? ['--delay'] : []),
    ...(holdSeconds !== null && loadEndsAtMs(arrivals) !== null ? ['--hold'] : []),
    ...(durationSeconds !== null && !('durationMs' in arrivals) ? ['--duration'] : []),
  ];
};

const overriddenArrivals = (
  arrivals: Arrivals,
  { connections, delaySeconds, durationSeconds }: Overrides,
): Arrivals => {
  if (arrivals.kind === 'ramp') {
    return {
      ...arrivals,
      connections: connections ?? arrivals.connections,
      delayMs: delaySeconds === null ? arrivals.delayMs : msFromSeconds(delaySeconds),
    };
  }
  return 'durationMs' in arrivals && durationSeconds !== null
    ? { ...arrivals, durationMs: msFromSeconds(durationSeconds) }
    : arrivals;
};

/**
 * The profile with what the command line says instead: `--connections` and `--delay` of a ramp, `--hold` of any that
 * ends with a hold, `--duration` of any whose arrivals, or clients, go on for a set time.
 * @throws HarnessError PLAN_INVALID when an option says nothing about the profile.
 */
export const applyOverrides = (profile: LoadProfile, overrides: Overrides): LoadProfile => {
  const { arrivals } = profile;
  const { holdSeconds } = overrides;
  const refused = overrides.areDefaults === true ? [] : meaningless(arrivals, overrides);
  if (refused.length > 0) {
    throw new HarnessError(
      'PLAN_INVALID',
      `${refused.join(' and ')} can not be applied to a scenario whose load is of kind ${arrivals.kind}: ` +
        '--connections and --delay are options of a ramp, --hold of a load that ends with a hold, ' +
        '--duration of one that goes on for a set time. ' +
        'Leave the option out, or change the profile in the scenario.',
    );
  }
  return {
    ...profile,
    holdMs: holdSeconds === null ? profile.holdMs : msFromSeconds(holdSeconds),
    arrivals: overriddenArrivals(arrivals, overrides),
  };
};
