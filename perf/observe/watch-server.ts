import { setTimeout as sleep } from 'node:timers/promises';
import { startClock, type Clock } from '../harness/connection/clock.ts';
import type { ServerSample } from '../harness/record/run-record.ts';
import type { HttpAccess } from './ask-http.ts';
import { containerUsage } from './container-usage.ts';
import { metricsUsage } from './metrics-usage.ts';
import { MonitoringClient } from './monitoring-client.ts';
import { processUsage } from './process-usage.ts';
import { askProcessCounts, type ServerCounts } from './server-counts.ts';
import { usageOfSeveral } from './usage-of-several.ts';
import { pidFileUsage, restartedUsage } from './usage-over-restarts.ts';
import type { UsageReader } from './usage.ts';

const sampleEveryMs = 1_000;
/** A count that took longer to come can not be set beside the clients' own, ms. */
const latestAnswerMs = 200;

/** What has to be known of a server to watch it. */
export interface WatchableServer extends HttpAccess {
  /** Origin of its HTTP routes, no trailing slash. */
  readonly httpUrl: string;
  readonly features: { readonly monitoring: boolean };
  readonly server:
    | { readonly kind: 'process'; readonly pid: number }
    | { readonly kind: 'container'; readonly containerId: string }
    | { readonly kind: 'processes'; readonly pidFiles: readonly string[] }
    | { readonly kind: 'containers'; readonly containerIds: readonly string[] }
    | { readonly kind: 'none' };
}

/** A server that is being watched while a load runs on it. */
export interface ServerWatch extends AsyncDisposable {
  /** Gives the samples the clock of the load; they are taken from now on. */
  start(clock: Clock): void;
  readonly samples: readonly ServerSample[];
  /** What it has counted; null where the target has no statistics, or does not answer. */
  counts(): Promise<ServerCounts | null>;
}

const noUsage: UsageReader = {
  read: () => Promise.resolve(null),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};

// Watching is not worth failing a measurement for: without it, the metrics that need it have no data.
const openContainerUsage = (containerId: string): Promise<UsageReader> =>
  containerUsage(containerId).catch(() => noUsage);

const openUsage = async (target: WatchableServer, asksMetrics: boolean): Promise<UsageReader> => {
  const { server } = target;
  switch (server.kind) {
    case 'process':
      return processUsage(server.pid);
    case 'container':
      return openContainerUsage(server.containerId);
    case 'processes':
      return usageOfSeveral(server.pidFiles.map(pidFileUsage));
    case 'containers':
      return usageOfSeveral(
        (await Promise.all(server.containerIds.map(openContainerUsage))).map(restartedUsage),
      );
    case 'none':
      return asksMetrics ? metricsUsage(target.httpUrl, target) : noUsage;
    default:
      return server satisfies never;
  }
};

/**
 * Starts watching a server: its monitoring endpoints, its processor time and memory, once a second. `asksMetrics`: where neither
 * process nor container is within reach, by its `/metrics`.
 */
export const watchServer = async (
  target: WatchableServer,
  { asksMetrics = false }: { readonly asksMetrics?: boolean } = {},
): Promise<ServerWatch> => {
  const usageReader = await openUsage(target, asksMetrics);
  const monitoring = target.features.monitoring ? new MonitoringClient(target.httpUrl, target) : null;
  // Behind a load balancer nobody knows whose metrics would answer.
  const isOneProcess = target.server.kind === 'process' || target.server.kind === 'container';
  const samples: ServerSample[] = [];
  const stop = new AbortController();
  let clock: Clock = startClock();

  const countConnections = async (): Promise<number | null> => {
    const askedAtMs = clock();
    const active = (await monitoring?.activeConnections().catch(() => null)) ?? null;
    // Nobody knows of which moment a late answer is.
    return clock() - askedAtMs > latestAnswerMs ? null : (active?.current_connections ?? null);
  };

  const sample = async (): Promise<void> => {
    const atMs = clock();
    const [usage, currentConnections] = await Promise.all([usageReader.read(), countConnections()]);
    samples.push({
      atMs,
      cpuMs: usage?.cpuMs ?? null,
      memoryBytes: usage?.memoryBytes ?? null,
      currentConnections,
    });
  };

  const keepSampling = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await sample();
      // Readings that a slow server made late are left out, not made up for in a burst.
      const sinceStartMs = Math.max(0, clock());
      const waitMs = (Math.floor(sinceStartMs / sampleEveryMs) + 1) * sampleEveryMs - clock();
      await sleep(waitMs, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  let sampling: Promise<void> = Promise.resolve();

  return {
    start: (ofLoad) => {
      clock = ofLoad;
      sampling = keepSampling();
    },
    samples,
    counts: async () => {
      const statistics = (await monitoring?.statistics().catch(() => null)) ?? null;
      if (statistics === null) return null;
      return { statistics, process: isOneProcess ? await askProcessCounts(target.httpUrl, target) : null };
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await sampling;
      await usageReader[Symbol.asyncDispose]();
    },
  };
};
