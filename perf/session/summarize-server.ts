import { levelFromMs } from '../harness/load/pacer.ts';
import type { LoadProfile } from '../harness/load/profile.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import {
  countDifferences,
  serverCpuPerConnection,
  serverMemoryGrowth,
  serverMemoryRise,
} from '../harness/metrics/catalogue.ts';
import type { GaugeSamples, Summary } from '../harness/metrics/samples.ts';
import { judgedAttempts } from '../harness/metrics/warm-up.ts';
import type { ServerRecord, ServerSample } from '../harness/record/run-record.ts';
import { memoryGrowth, type HoldWindow } from '../observe/memory-growth.ts';
import { memoryRise } from '../observe/memory-rise.ts';

/** Memory still rises while buffers and caches fill; readings before this long into the hold are left out, ms. */
const memorySettlingMs = 3_000;

/** What of a load the metrics of its server are taken from. */
export type ServedLoad = Pick<LoadResult, 'attempts' | 'grid' | 'openingOverAtMs' | 'holdOverAtMs'>;

const started = (attempts: ServedLoad['attempts'], fromMs: number): number =>
  attempts.filter((one) => one.outcome !== 'not-started' && one.startedAtMs >= fromMs).length;

const cpuPerConnection = (
  samples: readonly ServerSample[],
  { arrivals }: LoadProfile,
  { attempts, grid: { warmUpMs }, openingOverAtMs }: ServedLoad,
): GaugeSamples => {
  const readings = samples.flatMap(({ atMs, cpuMs }) =>
    cpuMs === null || (warmUpMs > 0 && atMs < warmUpMs) ? [] : [{ atMs, cpuMs }],
  );
  // Up to the first reading after the openings: one before would leave out the cost of the last of them.
  const last = readings.findIndex(({ atMs }) => atMs >= openingOverAtMs);
  const [from, until] = [readings[0], readings[last]];
  const gauge = { kind: 'gauge', unit: 'ms', value: null, readings: last + 1 } as const;
  // A soak opens connections to its very end: what its server did for the open ones would be counted as their opening.
  if (from === undefined || until === undefined || last === 0 || arrivals.kind === 'churn') return gauge;
  const opened = started(judgedAttempts(attempts, warmUpMs), warmUpMs === 0 ? -Infinity : from.atMs);
  return { ...gauge, value: opened === 0 ? null : (until.cpuMs - from.cpuMs) / opened };
};

/** From when on the number of open connections is level, in ms since the start of the load. */
const levelAtMs = ({ arrivals }: LoadProfile, { openingOverAtMs }: ServedLoad): number =>
  levelFromMs(arrivals) ?? openingOverAtMs;

/** The stretch of a load in which memory is expected to stay level. */
export const levelWindow = (profile: LoadProfile, load: ServedLoad): HoldWindow => ({
  fromMs: Math.max(levelAtMs(profile, load) + memorySettlingMs, load.grid.warmUpMs),
  untilMs: load.holdOverAtMs,
});

const riseBySlowReaders = (
  samples: readonly ServerSample[],
  profile: LoadProfile,
  load: ServedLoad,
): Summary => {
  const { slowReaders } = profile;
  if (slowReaders === undefined) return {};
  const { stopAtMs, forMs } = slowReaders;
  const before = { fromMs: Math.max(levelAtMs(profile, load), load.grid.warmUpMs), untilMs: stopAtMs };
  const during = { fromMs: stopAtMs, untilMs: Math.min(stopAtMs + forMs, load.holdOverAtMs) };
  return { [serverMemoryRise.name]: memoryRise(samples, { before, during }) };
};

/** The metrics that are taken from what was seen of the server. */
export const summarizeServer = (
  profile: LoadProfile,
  load: ServedLoad,
  { samples, differences }: Pick<ServerRecord, 'samples' | 'differences'>,
): Summary => ({
  [countDifferences.name]: {
    kind: 'counter',
    count: differences?.length ?? 0,
    connections: differences === null ? 0 : started(load.attempts, -Infinity),
  },
  [serverMemoryGrowth.name]: memoryGrowth(samples, levelWindow(profile, load)),
  ...riseBySlowReaders(samples, profile, load),
  [serverCpuPerConnection.name]: cpuPerConnection(samples, profile, load),
});
