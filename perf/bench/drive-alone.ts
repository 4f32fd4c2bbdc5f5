import { clockFromEpoch, type Clock } from '../harness/connection/clock.ts';
import { driveLoad } from '../harness/load/drive-load.ts';
import type { Stage } from '../harness/load/meeting-point.ts';
import { mergeResults } from '../harness/load/merge-results.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import { rehearse } from '../harness/load/rehearse.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import { epochMs } from './epoch-clock.ts';

const startsInMs = 20;

/** Rehearses as an agent does before it is ready; a load must not fail because of it. */
export const rehearseAlone = (plan: LoadPlan): Promise<void> => rehearse(plan).catch(() => undefined);

/** Drives a whole plan in this process, as an agent does that is the only one. The load goes on when `onStage` has. */
export const driveAlone = async (
  plan: LoadPlan,
  onStage: (stage: Stage, clock: Clock) => Promise<void> | void = () => undefined,
): Promise<LoadResult> => {
  const startedAtEpochMs = epochMs() + startsInMs;
  const clock = clockFromEpoch(startedAtEpochMs);
  const result = await driveLoad({
    plan,
    share: { part: 0, of: 1 },
    clock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    meetOthers: async (stage) => onStage(stage, clock),
  });
  return {
    ...mergeResults([result]),
    planned: result.attempts.length,
    startedAtEpochMs,
    interrupted: null,
    sourceAddresses: [],
  };
};
