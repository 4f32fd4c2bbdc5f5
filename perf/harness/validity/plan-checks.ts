import type { LoadProfile } from '../load/profile.ts';
import type { LoadResult } from '../load/run-load.ts';
import type { SelfReport } from '../load/self-watch.ts';
import type { PacingReport } from '../load/turn-pacer.ts';
import { startedOfPlan } from '../metrics/count-outcomes.ts';
import { Distribution } from '../metrics/distribution.ts';
import type { ValidityCheck } from '../record/run-record.ts';
import { pacedStarts, type StartedAttempt } from './paced-starts.ts';
import { gentler } from './remedies.ts';
import { atLeast, atMost, figure, largest, smallest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

/** False where most attempts are due at one moment: they start as fast as they can. */
const isPaced = ({ started, dueTogether }: PacingReport): boolean => dueTogether * 2 < started;

/** False where connections do as much as the server lets them, or all come back at once: a core may then be full. */
const isPacedProfile = ({ arrivals, whileOpen }: LoadProfile): boolean =>
  arrivals.kind !== 'reconnect-storm' && whileOpen.kind !== 'ping-loop' && whileOpen.kind !== 'conversation';

const cpuRatio = (reports: readonly SelfReport[]): number | null =>
  largest(
    reports
      .flatMap(({ opening, hold }) => [opening, hold])
      .map(({ durationMs, cpuRatio: ratio }) => (durationMs < limits.shortestJudgedMs ? null : ratio)),
  );

const cpu = (reports: readonly SelfReport[], profile: LoadProfile): ValidityCheck => {
  const paced = isPacedProfile(profile) ? reports.filter(({ pacing }) => isPaced(pacing)) : [];
  const check = {
    name: 'generator CPU',
    unit: 'ratio',
    reason:
      'Of one core. What has no reserve falls behind its plan at the next disturbance; a burst, or pings without a pause, use all they can get.',
  } as const;
  return paced.length === 0
    ? figure({ ...check, observed: cpuRatio(reports) })
    : atMost({ ...check, observed: cpuRatio(paced), limit: limits.pacedCpuRatio, remedy: gentler });
};

const startLagP95 = (paced: readonly StartedAttempt[]): number | null => {
  const lags = new Distribution();
  for (const { startedAtMs, dueAtMs } of paced) lags.record(startedAtMs - dueAtMs);
  return lags.percentileMs(95);
};

/** How fast the paced ones started, of how fast they should have; null where they are too few, or over too soon, to tell. */
const achievedRatio = (paced: readonly StartedAttempt[]): number | null => {
  const [first, last] = [paced[0], paced.at(-1)];
  if (first === undefined || last === undefined) return null;
  const plannedMs = last.dueAtMs - first.dueAtMs;
  if (plannedMs < limits.shortestJudgedMs) return null;
  // Of several agents the slowest starts last.
  const fromMs = paced.reduce(
    (earliest, { startedAtMs }) => Math.min(earliest, startedAtMs),
    first.startedAtMs,
  );
  const untilMs = paced.reduce((latest, { startedAtMs }) => Math.max(latest, startedAtMs), first.startedAtMs);
  return plannedMs / Math.max(1, untilMs - fromMs);
};

const firstStartLag = (reports: readonly SelfReport[]): ValidityCheck => {
  const check = {
    name: 'start lag of an agent’s first attempt',
    unit: 'ms',
    observed: largest(reports.map(({ firstStartLagMs }) => firstStartLagMs)),
    reason: 'What was to come at one moment comes agent by agent, and the server meets a gentler load.',
  } as const;
  // One agent that is late shifts its whole load, and changes nothing.
  return reports.length < 2
    ? figure(check)
    : atMost({ ...check, limit: limits.firstStartLagMs, remedy: gentler });
};

/** Whether the load was the one that was planned. */
export const planChecks = (result: LoadResult, profile: LoadProfile): ValidityCheck[] => {
  const { attempts, grid, planned, selfReports } = result;
  const paces = selfReports.map(({ pacing }) => pacing);
  const paced = pacedStarts(attempts, grid.warmUpMs);
  return [
    cpu(selfReports, profile),
    atMost({
      name: 'start lag p95',
      unit: 'ms',
      observed: startLagP95(paced),
      limit: limits.startLagP95Ms,
      reason:
        'Attempts that start late come in bunches, and the server meets another load than the one planned.',
      remedy: gentler,
    }),
    firstStartLag(selfReports),
    atLeast({
      name: 'achieved of the planned rate',
      unit: 'ratio',
      observed: achievedRatio(paced),
      limit: limits.achievedRateRatio,
      reason: 'The server met a gentler load than the one planned.',
      remedy: gentler,
    }),
    atLeast({
      name: 'attempts started of planned',
      unit: 'ratio',
      observed: startedOfPlan(attempts) / planned,
      limit: limits.startedRatio,
      reason: 'What was not tried says nothing of the server.',
      remedy: 'The load ended early; let it run to its end.',
    }),
    figure({
      name: 'turn of the event loop during the opening, p99',
      unit: 'ms',
      observed: largest(paces.map(({ turnMs }) => turnMs?.p99 ?? null)),
      reason:
        'An answer that arrives waits until the turn is over; null where the generator slept between starts.',
    }),
    figure({
      name: 'starts in one turn of the event loop, median',
      unit: 'count',
      observed: smallest(paces.map(({ startsPerTurn }) => startsPerTurn?.median ?? null)),
      reason: 'As many as keep the turn short.',
    }),
  ];
};
