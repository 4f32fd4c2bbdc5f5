import { HarnessError } from '../harness/harness-error.ts';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import type { CapacitySteps } from '../harness/load/capacity-search.ts';
import { assertSteps, highestGood, nextLevel } from '../harness/load/capacity-search.ts';
import { ramp, type LoadProfile } from '../harness/load/profile.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import { capacity, connectTime } from '../harness/metrics/catalogue.ts';
import type { CapacityLevel, CapacityRecord } from '../harness/record/run-record.ts';
import { judge } from '../harness/thresholds/judge.ts';
import type { Threshold } from '../harness/thresholds/threshold.ts';
import { worstOutcome } from '../harness/thresholds/verdict.ts';
import type { MeasuredLoad } from './measure-load.ts';
import type { Run, ScenarioSession } from './scenario-session.ts';

/** How often a level is measured at most, while the generator can not do so truly. */
const triesPerLevel = 3;

/** How a capacity is searched, in the guide's units. */
export interface CapacityOptions {
  /** The first level. */
  readonly startConnections: number;
  /** The last level: a server that holds it has at least this capacity. */
  readonly maximumConnections: number;
  readonly stepConnections: number;
  /** Between the starts of two attempts of a level. */
  readonly delaySeconds: number;
  /** How long each level is held. */
  readonly holdSeconds: number;
  /** What has to hold at a level for it to count. */
  readonly promises: readonly Threshold[];
}

const resolveSteps = (session: ScenarioSession, options: CapacityOptions): CapacitySteps => {
  const asked = session.context.settings.capacity;
  return {
    startConnections: asked.startConnections ?? options.startConnections,
    maximumConnections: asked.maximumConnections ?? options.maximumConnections,
    stepConnections: asked.stepConnections ?? options.stepConnections,
  };
};

const judgeLevel = (
  connections: number,
  level: MeasuredLoad,
  promises: readonly Threshold[],
): CapacityLevel => {
  const verdicts = promises.map((promise) => judge(promise, level));
  return {
    connections,
    outcome: worstOutcome(verdicts),
    counts: level.counts,
    meanConnectTimeMs: aggregate(level.metrics, connectTime, 'mean'),
    verdicts,
  };
};

/** The run that stands for the search: the highest good level, or the first level when none was good. */
const representative = (measured: ReadonlyMap<number, MeasuredLoad>, found: CapacityRecord): MeasuredLoad => {
  const level = measured.get(found.highestGood ?? found.levels[0]?.connections ?? 0);
  const last = measured.get(found.levels.at(-1)?.connections ?? 0);
  if (level === undefined || last === undefined)
    throw new Error('A capacity search tries at least one level.');
  const samples = {
    kind: 'gauge',
    unit: 'connections',
    // Nothing is known from a search that ended at a level without an answer, however good the level before.
    value: found.levels.at(-1)?.outcome === 'inconclusive' ? null : (found.highestGood ?? 0),
    readings: found.levels.length,
  } as const;
  return {
    ...level,
    validity: last.validity,
    interrupted: last.interrupted,
    // That a level was ended when it was lost is the answer to the level, and not to the search.
    endedEarly: null,
    outlook: null,
    metrics: { ...level.metrics, [capacity.name]: samples },
  };
};

const levelProfile = (
  { context }: ScenarioSession,
  options: CapacityOptions,
  connections: number,
): LoadProfile => {
  const { load } = context.settings;
  const asked = load.appliesTo.includes(context.scenario.name) ? load : null;
  return ramp({
    connections,
    delaySeconds: asked?.delaySeconds ?? options.delaySeconds,
    holdSeconds: asked?.holdSeconds ?? options.holdSeconds,
  });
};

/** Said before the first level: a limit of this machine would otherwise end the search after minutes, without a result. */
const assertLastLevelFits = async (
  session: ScenarioSession,
  options: CapacityOptions,
  { maximumConnections }: CapacitySteps,
): Promise<void> => {
  try {
    await session.assertCarriable(levelProfile(session, options, maximumConnections));
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    throw new HarnessError(
      error.code,
      `The search for the capacity goes up to ${String(maximumConnections)} connections (maximumConnections, --max-capacity), more than this machine can open. ${error.message}`,
    );
  }
};

/** `--connections` or `--duration`, given for nothing but a search, would be ignored. */
const refuseWhatIsIgnored = ({ context }: ScenarioSession): void => {
  const { connections, durationSeconds, appliesTo } = context.settings.load;
  if (appliesTo.length !== 1 || appliesTo[0] !== context.scenario.name) return;
  if (durationSeconds !== null) {
    throw new HarnessError(
      'PLAN_INVALID',
      `--duration says nothing about the search of ${context.scenario.name}. Use --hold for the time at each level.`,
    );
  }
  if (connections === null) return;
  throw new HarnessError(
    'PLAN_INVALID',
    `--connections ${String(connections)} says nothing about the search of ${context.scenario.name}. Use --start-capacity and --max-capacity.`,
  );
};

/** Measures one level; one that the generator could not measure truly says nothing, and is measured again. */
const measureLevel = async (
  session: ScenarioSession,
  options: CapacityOptions,
  connections: number,
  label: string,
): Promise<MeasuredLoad> => {
  const profile = levelProfile(session, options, connections);
  const { load } = session.context.settings;
  const warmUpSeconds = load.appliesTo.includes(session.context.scenario.name) ? load.warmUpSeconds : null;
  for (let tried = 1; ; tried += 1) {
    const level = await session.measure(profile, label, {
      endWhenBroken: options.promises,
      ...(warmUpSeconds !== null && { warmUpSeconds }),
    });
    if (level.validity.conclusive || level.interrupted !== null || tried === triesPerLevel) return level;
  }
};

/**
 * Opens more and more connections, level by level, each level afresh, until a promise breaks or the maximum is
 * reached, then narrows down between the last good and the first bad level.
 */
export const findCapacity = async (session: ScenarioSession, options: CapacityOptions): Promise<Run> => {
  const steps = resolveSteps(session, options);
  assertSteps(steps);
  if (options.promises.length === 0)
    throw new TypeError('searchCapacity needs at least one promise: without any, no level can hold.');
  refuseWhatIsIgnored(session);
  await assertLastLevelFits(session, options, steps);
  const { signal } = session.context;
  const measured = new Map<number, MeasuredLoad>();
  const levels: CapacityLevel[] = [];
  const attempts: AttemptLine[] = [];
  for (;;) {
    const connections = nextLevel(steps, levels);
    if (connections === null) break;
    const label = `capacity: ${String(connections)} of at most ${String(steps.maximumConnections)} connections`;
    const level = await measureLevel(session, options, connections, label);
    measured.set(connections, level);
    levels.push(judgeLevel(connections, level, options.promises));
    for (const attempt of level.attempts) attempts.push({ ...attempt, level: connections });
    // A level without an answer is no bad level: the search ends there, inconclusive.
    if (levels.at(-1)?.outcome === 'inconclusive' || signal.aborted) break;
  }
  const found: CapacityRecord = {
    levels,
    highestGood: highestGood(levels),
    limitedByTest: highestGood(levels) === steps.maximumConnections,
  };
  return session.keep(representative(measured, found), { attempts, capacity: found, isGraded: true });
};
