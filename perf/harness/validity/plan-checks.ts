import type { LoadResult } from '../load/run-load.ts';
import type { SelfReport } from '../load/self-watch.ts';
import type { PacingReport } from '../load/turn-pacer.ts';
import { startLag } from '../metrics/catalogue.ts';
import { startedOfPlan } from '../metrics/count-outcomes.ts';
import { aggregate, type Summary } from '../metrics/samples.ts';
import type { ValidityCheck } from '../record/run-record.ts';
import { gentler } from './remedies.ts';
import { atLeast, atMost, figure, largest, smallest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

const msPerSecond = 1_000;

/** False where most attempts are due at one moment: they start as fast as they can, none is late. */
const isPaced = ({ started, dueTogether }: PacingReport): boolean => dueTogether * 2 < started;

const cpuRatio = (reports: readonly SelfReport[]): number | null =>
  largest(
    reports
      .flatMap(({ opening, hold }) => [opening, hold])
      .map(({ durationMs, cpuRatio: ratio }) => (durationMs < limits.shortestJudgedMs ? null : ratio)),
  );

const cpu = (reports: readonly SelfReport[]): ValidityCheck => {
  const paced = reports.filter(({ pacing }) => isPaced(pacing));
  const check = {
    name: 'generator CPU',
    unit: 'ratio',
    reason:
      'Of one core. What has no reserve falls behind its plan at the next disturbance; a burst uses all it can get.',
  } as const;
  return paced.length === 0
    ? figure({ ...check, observed: cpuRatio(reports) })
    : atMost({ ...check, observed: cpuRatio(paced), limit: limits.pacedCpuRatio, remedy: gentler });
};

const achievedRatio = (pacing: PacingReport): number | null => {
  const { started, plannedPerSecond, achievedPerSecond } = pacing;
  if (!isPaced(pacing) || plannedPerSecond === null || achievedPerSecond === null) return null;
  const isLong = started / plannedPerSecond >= limits.shortestJudgedMs / msPerSecond;
  return isLong ? achievedPerSecond / plannedPerSecond : null;
};

/** Whether the load was the one that was planned. */
export const planChecks = (result: LoadResult, summary: Summary): ValidityCheck[] => {
  const { attempts, planned, selfReports } = result;
  const paces = selfReports.map(({ pacing }) => pacing);
  return [
    cpu(selfReports),
    atMost({
      name: 'start lag p95',
      unit: 'ms',
      observed: paces.some(isPaced) ? aggregate(summary, startLag, 'p95') : null,
      limit: limits.startLagP95Ms,
      reason:
        'Attempts that start late come in bunches, and the server meets another load than the one planned.',
      remedy: gentler,
    }),
    atLeast({
      name: 'achieved of the planned rate',
      unit: 'ratio',
      observed: smallest(paces.map(achievedRatio)),
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
