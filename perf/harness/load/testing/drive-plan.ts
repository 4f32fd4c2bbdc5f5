import type { OpenedAttempt } from '../../connection/attempt.ts';
import { startClock } from '../../connection/clock.ts';
import type { AgentResult } from '../agent-result.ts';
import { driveLoad, type DriveOptions } from '../drive-load.ts';
import type { LoadPlan } from '../plan.ts';

/** Drives the whole of a plan in the test's own process. */
export const drivePlan = (plan: LoadPlan, options: Partial<DriveOptions> = {}): Promise<AgentResult> =>
  driveLoad({
    plan,
    share: { part: 0, of: 1 },
    clock: startClock(),
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...options,
  });

/** The attempts that opened. */
export const openedOf = (result: AgentResult): OpenedAttempt[] =>
  result.attempts.filter((attempt) => attempt.outcome === 'opened');
