import { setTimeout as sleep } from 'node:timers/promises';
import { startClock, type Clock } from '../harness/connection/clock.ts';
import { redisKeysLeft, redisMemoryGrowth, serverDescriptorsLeft } from '../harness/metrics/catalogue.ts';
import type { GaugeSamples, Summary } from '../harness/metrics/samples.ts';
import type { HttpAccess } from './ask-http.ts';
import { memoryGrowth, type HoldWindow, type MemorySample } from './memory-growth.ts';
import { askMetrics, valueOfMetric } from './server-metrics.ts';

const sampleEveryMs = 1_000;
const answerWithinMs = 2_000;
/** Idle connections of whoever monitored are closed after some seconds. */
const descriptorsSettleWithinMs = 8_000;
const descriptorsPollMs = 500;

/** What a leak would show in, as a server's `/metrics` tells it; each null where it does not. */
interface Standing {
  readonly startedAtEpochMs: number | null;
  readonly openFiles: number | null;
  readonly redisKeys: number | null;
  readonly redisBytes: number | null;
}

/** What was found of leaks: metrics, and by a metric's name why it was not taken. */
export interface LeakFindings {
  readonly metrics: Summary;
  readonly notTaken: Readonly<Record<string, string>>;
}

/** A server and its Redis, watched for what they do not give back. */
export interface LeakWatch extends AsyncDisposable {
  /** The load begins, by this clock. */
  start(clock: Clock): void;
  /** The load is over: waits until descriptors are given back, for some seconds. `level`: where memory is to stay level. */
  conclude(level: HoldWindow): Promise<LeakFindings>;
}

/** What of a server can be asked for leaks. */
export type LeakySuspect = HttpAccess & { readonly httpUrl: string; readonly instances: number };

const askStanding = async (target: LeakySuspect): Promise<Standing | null> => {
  // Behind a load balancer each answer comes from another instance.
  if (target.instances > 1) return null;
  const samples = await askMetrics(target.httpUrl, { ...target, timeoutMs: answerWithinMs });
  if (samples === null) return null;
  return {
    startedAtEpochMs: valueOfMetric(samples, 'process_start_time_seconds'),
    openFiles: valueOfMetric(samples, 'process_open_fds'),
    redisKeys: valueOfMetric(samples, 'redis_db_keys'),
    redisBytes: valueOfMetric(samples, 'redis_memory_used_bytes'),
  };
};

const settledStanding = async (
  target: LeakySuspect,
  openFilesBefore: number | null,
): Promise<Standing | null> => {
  const untilMs = performance.now() + descriptorsSettleWithinMs;
  let fewest: Standing | null = null;
  for (;;) {
    const standing = await askStanding(target);
    if (standing === null || standing.openFiles === null || openFilesBefore === null)
      return fewest ?? standing;
    if (fewest?.openFiles == null || standing.openFiles <= fewest.openFiles) fewest = standing;
    if (standing.openFiles <= openFilesBefore || performance.now() > untilMs) return fewest;
    await sleep(descriptorsPollMs);
  }
};

const left = (after: number | null | undefined, before: number | null | undefined): GaugeSamples => {
  const value = after == null || before == null ? null : after - before;
  return { kind: 'gauge', unit: 'count', value, readings: value === null ? 0 : 2 };
};

const whyNotTaken = (
  target: LeakySuspect,
  before: Standing | null,
  after: Standing | null,
): string | null => {
  if (target.instances > 1) return 'several instances share the load, and `/metrics` is that of one of them';
  if (before === null || after === null) return 'the server has no `/metrics` that could be read';
  return before.startedAtEpochMs === after.startedAtEpochMs
    ? null
    : 'the process that answers is another one than before the load';
};

/** Begins to watch for leaks: what the server has open, and Redis keeps, before the load. */
export const watchLeaks = async (target: LeakySuspect): Promise<LeakWatch> => {
  const before = await askStanding(target);
  const redis: MemorySample[] = [];
  const stop = new AbortController();
  let clock: Clock = startClock();
  let sampling: Promise<void> = Promise.resolve();

  const keepSampling = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      const atMs = clock();
      redis.push({ atMs, memoryBytes: (await askStanding(target))?.redisBytes ?? null });
      await sleep(sampleEveryMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const end = async (): Promise<void> => {
    stop.abort();
    await sampling;
  };

  return {
    start: (ofLoad) => {
      clock = ofLoad;
      sampling = keepSampling();
    },
    conclude: async (level) => {
      await end();
      const after = await settledStanding(target, before?.openFiles ?? null);
      const why = whyNotTaken(target, before, after);
      const known = why === null ? after : null;
      const metrics: Summary = {
        [serverDescriptorsLeft.name]: left(known?.openFiles, before?.openFiles),
        [redisKeysLeft.name]: left(known?.redisKeys, before?.redisKeys),
        [redisMemoryGrowth.name]: memoryGrowth(redis, level),
      };
      const ofServer = [serverDescriptorsLeft, redisKeysLeft, redisMemoryGrowth];
      const notTaken = why === null ? {} : Object.fromEntries(ofServer.map(({ name }) => [name, why]));
      return { metrics, notTaken };
    },
    [Symbol.asyncDispose]: end,
  };
};
