import type { SessionResult } from '../reports/session-result.ts';

/** What the process says to whoever started it. */
export const exitCodes = Object.freeze({
  met: 0,
  broken: 1,
  /** Wrong usage, the target did not come up, or nothing could be measured. */
  notMeasured: 2,
  inconclusive: 3,
  /** 128 + SIGINT, as shells count it. */
  interrupted: 130,
});

/**
 * The session's exit code: 130 when stopped, then 2 before 1 before 3 before 0. A skipped scenario is neutral, but
 * a session in which all were skipped has measured nothing.
 */
export const exitCodeOf = ({
  scenarios,
  faults,
  interrupted,
}: Pick<SessionResult, 'scenarios' | 'faults' | 'interrupted'>): number => {
  const outcomes = new Set(scenarios.map(({ outcome }) => outcome));
  if (interrupted) return exitCodes.interrupted;
  if (faults.length > 0 || scenarios.every(({ outcome }) => outcome === 'skipped'))
    return exitCodes.notMeasured;
  if (outcomes.has('not-measured') || outcomes.has('stopped')) return exitCodes.notMeasured;
  if (outcomes.has('broken') || outcomes.has('failed')) return exitCodes.broken;
  if (outcomes.has('inconclusive')) return exitCodes.inconclusive;
  return exitCodes.met;
};
