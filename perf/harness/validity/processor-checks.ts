import type { SelfReport, StretchReport } from '../load/self-watch.ts';
import type { ServerSample, ValidityCheck } from '../record/run-record.ts';
import { gentler } from './remedies.ts';
import { atMost, figure, largest } from './validity-check.ts';
import { validityLimits as limits } from './validity-limits.ts';

const stretches = ({ opening, hold }: SelfReport): readonly StretchReport[] => [opening, hold];

const stealChecks = (reports: readonly SelfReport[]): ValidityCheck =>
  atMost({
    name: 'processor time taken by the host (steal)',
    unit: 'ratio',
    observed: largest(
      reports
        .flatMap(stretches)
        // The counter's steps are 10 ms: of a short stretch it says nothing.
        .map(({ durationMs, stealRatio }) => (durationMs < limits.shortestJudgedMs ? null : stealRatio)),
    ),
    limit: limits.stealRatio,
    reason: 'The host ran other machines instead of this one; generator and server stood still meanwhile.',
    remedy: 'Measure on a machine of your own, or at another time.',
  });

const collectionChecks = (reports: readonly SelfReport[]): ValidityCheck[] => [
  atMost({
    name: 'longest pause for garbage collection',
    unit: 'ms',
    observed: largest(reports.flatMap(stretches).map(({ gc }) => gc.longestMs)),
    limit: limits.gcPauseMs,
    reason: 'Nothing is read during a pause.',
    remedy: 'Ask for fewer connections or messages at a time, or give the machine more memory and cores.',
  }),
  atMost({
    name: 'time spent on garbage collection',
    unit: 'ratio',
    observed: largest(
      reports
        .flatMap(stretches)
        .map(({ gc, durationMs }) => (durationMs < limits.shortestJudgedMs ? null : gc.totalMs / durationMs)),
    ),
    limit: limits.gcRatio,
    reason: 'Nothing is read during a pause.',
    remedy: 'Ask for fewer connections or messages at a time, or give the machine more memory and cores.',
  }),
];

/** The share of one core's time that the server used between its first and its last reading up to the end of the opening. */
const serverCpuRatio = (samples: readonly ServerSample[], untilMs: number): number | null => {
  const known = samples.flatMap(({ atMs, cpuMs }) => (cpuMs === null ? [] : [{ atMs, cpuMs }]));
  const end = known.findIndex(({ atMs }) => atMs >= untilMs);
  const [first, last] = [known[0], known[end]];
  if (first === undefined || last === undefined || last.atMs <= first.atMs) return null;
  return (last.cpuMs - first.cpuMs) / (last.atMs - first.atMs);
};

const sharedMachine = (
  reports: readonly SelfReport[],
  samples: readonly ServerSample[],
  openingOverAtMs: number,
): ValidityCheck[] => [
  figure({
    name: 'server CPU during the opening',
    unit: 'ratio',
    observed: serverCpuRatio(samples, openingOverAtMs),
    reason: 'Of one core. A server on this machine shares its cores with the generator.',
  }),
  figure({
    name: 'cores of this machine in use during the opening',
    unit: 'ratio',
    observed: largest(reports.map(({ opening }) => opening.machineBusyRatio)),
    reason: 'Near 100 % the server itself is short of cores, and slower than on a machine of its own.',
  }),
  figure({
    name: 'time in which something on this machine waited for a core',
    unit: 'ratio',
    observed: largest(reports.map(({ opening }) => opening.machineWaitRatio)),
    reason: 'Server, generator and whatever else runs here: it tells a busy neighbour.',
  }),
];

/** Whether the generator had the cores and the time that true numbers take. */
export const processorChecks = (
  reports: readonly SelfReport[],
  {
    samples,
    openingOverAtMs,
    meanConnectTimeMs,
  }: {
    readonly samples: readonly ServerSample[];
    readonly openingOverAtMs: number;
    /** Null where nothing opened. */
    readonly meanConnectTimeMs: number | null;
  },
): ValidityCheck[] => [
  atMost({
    name: 'generator’s wait for a core during the opening',
    unit: 'ratio',
    observed: largest(
      reports.map(({ opening: { coreWait } }) =>
        // Of a ms or two one task of the system is a large part, and none that anyone could care about.
        coreWait === null ||
        coreWait.ratio * (meanConnectTimeMs ?? Number.POSITIVE_INFINITY) <= limits.coreWaitMs
          ? null
          : coreWait.ratio,
      ),
    ),
    limit: limits.coreWaitRatio,
    reason:
      'It could have run and had no core; where the generator has none, a server beside it has none either.',
    remedy: gentler,
  }),
  stealChecks(reports),
  ...collectionChecks(reports),
  ...sharedMachine(reports, samples, openingOverAtMs),
];
