import { setTimeout as sleep } from 'node:timers/promises';
import { startClock } from '../harness/connection/clock.ts';
import type { MonitorLook, ProbeResult } from './monitor-sample.ts';
import { MonitorSeries } from './monitor-series.ts';
import type { ServerReading } from './server-reading.ts';

/** How a server is watched. */
export interface MonitorOptions {
  readonly read: () => Promise<Pick<ServerReading, 'monitoring' | 'metrics'>>;
  readonly intervalMs: number;
  /** One connection of our own, and how often; null: none. It resolves to null when it was called off. */
  readonly probe: {
    readonly everyMs: number;
    readonly open: (signal: AbortSignal) => Promise<ProbeResult | null>;
  } | null;
  readonly memoryWindowMs: number;
  /** Ends it: after so many looks, and after so long; null: does not. */
  readonly count: number | null;
  readonly durationMs: number | null;
  readonly signal: AbortSignal;
}

/** Waits until a time of the clock, or until the signal. */
const waitUntil = (atMs: number, nowMs: number, signal: AbortSignal): Promise<unknown> =>
  sleep(Math.max(0, atMs - nowMs), undefined, { signal }).catch(() => undefined);

/**
 * What a promise gives, or null once the signal stops the waiting. No race with one promise of the stop: that would keep
 * every reading of a monitor that runs for weeks.
 */
const unlessStopped = async <Given>(promise: Promise<Given>, signal: AbortSignal): Promise<Given | null> => {
  const stopped = Promise.withResolvers<null>();
  const stop = (): void => stopped.resolve(null);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([promise, stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** The times of a grid, one after another: what was missed is left out, not made up for in a burst. */
const dueTimes = (everyMs: number): ((nowMs: number) => number) => {
  let index = 0;
  return (nowMs) => {
    // A timer may fire up to 1 ms early: the time that was waited for is then still to come, and not due again.
    index = Math.max(index, Math.floor(nowMs / everyMs)) + 1;
    return index * everyMs;
  };
};

/** Looks at a server again and again, due at fixed times, until the count, the duration or the signal ends it. */
export async function* monitorServer(options: MonitorOptions): AsyncGenerator<MonitorLook, void, undefined> {
  const { read, intervalMs, probe, memoryWindowMs, count, durationMs, signal } = options;
  const clock = startClock();
  const series = new MonitorSeries(memoryWindowMs);
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  let probes: ProbeResult[] = [];

  const keepProbing = async (): Promise<void> => {
    if (probe === null) return;
    const nextDueMs = dueTimes(probe.everyMs);
    while (!stop.aborted) {
      const result = await probe.open(stop);
      if (result !== null) probes.push(result);
      await waitUntil(nextDueMs(clock()), clock(), stop);
    }
  };
  const nextDueMs = dueTimes(intervalMs);
  const probing = keepProbing();

  try {
    for (let taken = 1; !stop.aborted; taken += 1) {
      // A server that leaves an answer pending does not hold up the end.
      const reading = await unlessStopped(read(), signal);
      if (reading === null) return;
      const atMs = clock();
      const since = probes;
      probes = [];
      yield series.add({ ...reading, atMs, atEpochMs: Date.now() }, since);
      const dueAtMs = nextDueMs(clock());
      if (taken === count || (durationMs !== null && dueAtMs > durationMs)) return;
      await waitUntil(dueAtMs, clock(), stop);
    }
  } finally {
    ended.abort();
    await probing;
  }
}
