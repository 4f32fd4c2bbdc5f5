import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerSample, WebSocketStatistics } from '../harness/record/run-record.ts';
import { containerUsage } from './container-usage.ts';
import { MonitoringClient } from './monitoring-client.ts';
import { processUsage } from './process-usage.ts';
import type { UsageReader } from './usage.ts';

const sampleEveryMs = 1_000;

/** What has to be known of a server to watch it. */
export interface WatchableServer {
  /** Origin of its HTTP routes, no trailing slash. */
  readonly httpUrl: string;
  readonly features: { readonly monitoring: boolean };
  readonly server:
    | { readonly kind: 'process'; readonly pid: number }
    | { readonly kind: 'container'; readonly containerId: string }
    | { readonly kind: 'none' };
}

/** A server that is being watched while a load runs on it. */
export interface ServerWatch extends AsyncDisposable {
  /** 0 of the samples' clock, in ms of the Unix epoch; samples are taken from then on. */
  start(startedAtEpochMs: number): void;
  readonly samples: readonly ServerSample[];
  /** One more reading, now. */
  sample(): Promise<ServerSample>;
  /** The guide's statistics; null where the target has none, or does not answer. */
  statistics(): Promise<WebSocketStatistics | null>;
}

const noUsage: UsageReader = {
  read: () => Promise.resolve(null),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

const openUsage = (server: WatchableServer['server']): Promise<UsageReader> => {
  switch (server.kind) {
    case 'process':
      return Promise.resolve(processUsage(server.pid));
    case 'container':
      // Watching is not worth failing a measurement for: without it, the metrics that need it have no data.
      return containerUsage(server.containerId).catch(() => noUsage);
    case 'none':
      return Promise.resolve(noUsage);
    default:
      return server satisfies never;
  }
};

/** Starts watching a server: its monitoring endpoints, its processor time and memory, once a second. */
export const watchServer = async (target: WatchableServer): Promise<ServerWatch> => {
  const usageReader = await openUsage(target.server);
  const monitoring = target.features.monitoring ? new MonitoringClient(target.httpUrl) : null;
  const samples: ServerSample[] = [];
  const stop = new AbortController();
  let epochMs = performance.timeOrigin;
  const nowMs = (): number => performance.timeOrigin + performance.now() - epochMs;

  const sample = async (): Promise<ServerSample> => {
    const [usage, active] = await Promise.all([
      usageReader.read(),
      monitoring?.activeConnections().catch(() => null) ?? null,
    ]);
    const taken: ServerSample = {
      atMs: nowMs(),
      cpuMs: usage?.cpuMs ?? null,
      memoryBytes: usage?.memoryBytes ?? null,
      currentConnections: active?.current_connections ?? null,
    };
    samples.push(taken);
    return taken;
  };

  const keepSampling = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sample();
      // Readings that a slow server made late are left out, not made up for in a burst.
      const sinceStartMs = Math.max(0, nowMs());
      const waitMs = (Math.floor(sinceStartMs / sampleEveryMs) + 1) * sampleEveryMs - nowMs();
      await sleep(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  let sampling: Promise<void> = Promise.resolve();

  return {
    start: (startedAtEpochMs) => {
      epochMs = startedAtEpochMs;
      sampling = keepSampling();
    },
    samples,
    sample,
    statistics: async () => (await monitoring?.statistics().catch(() => null)) ?? null,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await sampling;
      await usageReader[Symbol.asyncDispose]();
    },
  };
};
