import type { LoadResult } from '../load/run-load.ts';
import { plannedAttempts } from '../load/pacer.ts';
import type { LoadProfile } from '../load/profile.ts';
import type { Validity, ValidityCheck } from '../record/run-record.ts';
import type { Summary } from './samples.ts';

/** Past these, what a run reports would be the generator's own delay and not the server's. */
const validityLimits = Object.freeze({
  eventLoopDelayP99Ms: 50,
  startLagP95Ms: 100,
  cpuRatio: 0.9,
  /** Attempts started of those planned, unless the run was interrupted. */
  startedRatio: 1,
  /** Failures caused by this machine's own limits. */
  localLimitFailures: 0,
});

const atMost = (check: Omit<ValidityCheck, 'passed'>): ValidityCheck => ({
  ...check,
  passed: check.observed === null || check.observed <= check.limit,
});

const atLeast = (check: Omit<ValidityCheck, 'passed'>): ValidityCheck => ({
  ...check,
  passed: check.observed === null || check.observed >= check.limit,
});

/** Null where the profile makes all attempts due at once: they start as fast as they can, none is late. */
const startLagP95 = ({ arrivals }: LoadProfile, summary: Summary): number | null => {
  if (arrivals.kind === 'ramp' && arrivals.delayMs === 0) return null;
  const samples = summary['startLag'];
  return samples?.kind === 'trend' ? samples.p95 : null;
};

/** Judges the generator, not the server: whether its own lateness and limits let the numbers be true. */
export const checkValidity = (result: LoadResult, profile: LoadProfile, summary: Summary): Validity => {
  const planned = plannedAttempts(profile.arrivals);
  const started = result.attempts.filter(({ outcome }) => outcome !== 'not-started').length;
  const localFailures = result.attempts.filter(
    (attempt) => attempt.outcome === 'failed' && attempt.failure.reason === 'local-limit',
  ).length;
  const busy = 'Stop what else runs on this machine, give it more cores, or ask for a gentler load.';
  const checks: ValidityCheck[] = [
    atMost({
      name: 'generator event-loop delay p99',
      unit: 'ms',
      observed: result.self.eventLoopDelayP99Ms,
      limit: validityLimits.eventLoopDelayP99Ms,
      remedy: busy,
    }),
    atMost({
      name: 'generator start lag p95',
      unit: 'ms',
      observed: startLagP95(profile, summary),
      limit: validityLimits.startLagP95Ms,
      remedy: busy,
    }),
    atMost({
      name: 'generator CPU',
      unit: 'ratio',
      observed: result.self.cpuRatio,
      limit: validityLimits.cpuRatio,
      remedy: busy,
    }),
    atLeast({
      name: 'attempts started of planned',
      unit: 'ratio',
      observed: started / planned,
      limit: validityLimits.startedRatio,
      remedy: 'The load ended early; let it run to its end.',
    }),
    atMost({
      name: 'failures by this machine’s own limits',
      unit: 'count',
      observed: localFailures,
      limit: validityLimits.localLimitFailures,
      remedy:
        'Raise the limit of open files (ulimit -n) or of local ports (sysctl net.ipv4.ip_local_port_range).',
    }),
  ];
  return { conclusive: checks.every(({ passed }) => passed), checks };
};
