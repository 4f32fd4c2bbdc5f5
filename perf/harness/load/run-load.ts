import { clockFromMachine, machineClockMs, type Clock } from '../connection/clock.ts';
import { Distribution } from '../metrics/distribution.ts';
import { HarnessError } from '../harness-error.ts';
import { AgentFleet } from './agent-fleet.ts';
import type { AgentProgress } from './agent-result.ts';
import { assignLocalEndpoints } from './assign-local-endpoints.ts';
import { mergeResults, type MergedResult } from './merge-results.ts';
import { assertProfile } from './assert-profile.ts';
import { longestDurationMs } from './longest-duration.ts';
import { longestTimerMs } from './option-problems.ts';
import { plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/** Between "all agents are ready" and the agreed start, ms: long enough to tell each of them. */
const leadMs = 50;
/** And for each attempt of an agent, ms: it lays them out before it begins. */
const leadPerAttemptMs = 0.01;
/** On top of what the plan can take at most, before the run is declared stuck, ms. */
const deadlineMarginMs = 15_000;
/** And for each attempt, ms: settling and sending a large result takes its time. */
const deadlineMarginPerAttemptMs = 1;

/** What a whole load gave, all agents together. */
export interface LoadResult extends MergedResult {
  readonly planned: number;
  readonly startedAtEpochMs: number;
  /** Why it ended early; null when it ran to its end. */
  readonly interrupted: string | null;
  /** Addresses of this machine that the connections came from, where the system did not choose. */
  readonly sourceAddresses: readonly string[];
}

/** How a load is run. */
export interface RunLoadOptions {
  readonly plan: LoadPlan;
  /** Generator processes to drive it with; one by default. */
  readonly agents?: number;
  /** Ends the load early; what was measured is kept. */
  readonly signal?: AbortSignal;
  /** The load begins; `clock` is the load's own, negative before its start. */
  readonly onStart?: (clock: Clock) => void;
  readonly onProgress?: (progress: AgentProgress) => void;
}

const assertPlan = ({ profile, dials }: LoadPlan): void => {
  assertProfile(profile);
  if (dials.length === 0) throw new HarnessError('PLAN_INVALID', 'The load has no address to connect to.');
};

/**
 * Runs one load in generator processes of its own, which start at one moment, and returns what they measured together.
 * @throws HarnessError PLAN_INVALID, LOCAL_LIMIT, AGENT_DIED or RUN_OUT_OF_TIME; never for what the endpoint does.
 */
export const runLoad = async (options: RunLoadOptions): Promise<LoadResult> => {
  const { plan, agents = 1, signal, onStart, onProgress } = options;
  assertPlan(plan);
  const planned = plannedAttempts(plan.profile.arrivals);
  const attemptsPerAgent = Math.ceil(planned / agents);
  const localEndpoints = await assignLocalEndpoints(plan);
  await using fleet = await AgentFleet.start({ plan: { ...plan, localEndpoints }, agents });
  const startsInMs = Math.ceil(leadMs + attemptsPerAgent * leadPerAttemptMs);
  // The wall clock dates the load, and times nothing: it may be stepped while agents are told.
  const startAtMachineMs = machineClockMs() + startsInMs;
  const startAtEpochMs = Date.now() + startsInMs;
  const stop = (): void => {
    fleet.stop(attemptsPerAgent);
  };
  const limitMs = Math.min(
    longestTimerMs,
    longestDurationMs(plan) + deadlineMarginMs + planned * deadlineMarginPerAttemptMs,
  );
  let isOutOfTime = false;
  const deadline = setTimeout(() => {
    isOutOfTime = true;
    stop();
  }, limitMs);
  try {
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    const driving = fleet.drive(startAtMachineMs, onProgress ?? (() => undefined));
    onStart?.(clockFromMachine(startAtMachineMs));
    const results = await driving;
    if (isOutOfTime) {
      throw new HarnessError(
        'RUN_OUT_OF_TIME',
        `The load was not over ${String(limitMs)} ms after its start, more than it can take: this machine is overloaded or was asleep. Run again.`,
      );
    }
    return {
      ...mergeResults(results),
      planned,
      startedAtEpochMs: startAtEpochMs,
      interrupted: signal?.aborted === true ? 'stopped before its end' : null,
      sourceAddresses: localEndpoints?.addresses ?? [],
    };
  } finally {
    clearTimeout(deadline);
    signal?.removeEventListener('abort', stop);
  }
};

/** The median and the 95th percentile of the connect times so far. */
export const connectTimeSoFar = (
  progress: AgentProgress,
): { readonly p50: number | null; readonly p95: number | null } => {
  const distribution = Distribution.decode(progress.connectTime);
  return { p50: distribution.percentileMs(50), p95: distribution.percentileMs(95) };
};
