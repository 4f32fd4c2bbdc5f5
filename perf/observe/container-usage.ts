import { setTimeout as sleep } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Usage, UsageReader } from './usage.ts';

const nanosecondsPerMs = 1e6;
const firstReadingWithinMs = 5_000;

/** The part of the runtime's statistics that is read here. */
interface ContainerStatistics {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: {
    readonly usage?: number;
    readonly stats?: Readonly<Record<string, number>>;
  };
}

/** Reads one line of the runtime's statistics stream; null for the empty reading that a stopped container gives. */
export const readContainerStatistics = (line: string): Usage | null => {
  let statistics: ContainerStatistics;
  try {
    statistics = JSON.parse(line) as ContainerStatistics;
  } catch {
    return null;
  }
  const cpuNanoseconds = statistics.cpu_stats?.cpu_usage?.total_usage;
  const memory = statistics.memory_stats;
  if (cpuNanoseconds === undefined || memory?.usage === undefined) return null;
  // Page cache, used lately or not, is the kernel's and can be given back: no growth of the server (cgroup v2, then v1).
  const { stats = {} } = memory;
  const cacheBytes =
    (stats['inactive_file'] ?? stats['total_inactive_file'] ?? 0) +
    (stats['active_file'] ?? stats['total_active_file'] ?? 0);
  return { cpuMs: cpuNanoseconds / nanosecondsPerMs, memoryBytes: memory.usage - cacheBytes };
};

/** Follows a container's usage on the statistics stream of its runtime, which sends a reading about once a second. */
export const containerUsage = async (containerId: string): Promise<UsageReader> => {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const client = await getContainerRuntimeClient();
  const asked = client.container.getById(containerId).stats({ stream: true }) as Promise<Readable>;
  const stream = await Promise.race([asked, sleep(firstReadingWithinMs, null, { ref: false })]);
  if (stream === null) {
    asked.then((late) => late.destroy()).catch(() => undefined);
    throw new Error(`The container runtime did not answer within ${String(firstReadingWithinMs)} ms.`);
  }
  let newest: Usage | null = null;
  const first = Promise.withResolvers<void>();
  const lines = createInterface({ input: stream });
  lines.on('line', (line) => {
    newest = readContainerStatistics(line);
    first.resolve();
  });
  stream.on('error', () => {
    newest = null;
    first.resolve();
  });
  // A stream that was cut is an error of those who read it, too.
  lines.on('error', () => undefined);
  lines.on('close', () => {
    newest = null;
    first.resolve();
  });
  // An engine that sends nothing must not hold up a measurement; readings may still come later.
  await Promise.race([first.promise, sleep(firstReadingWithinMs, undefined, { ref: false })]);
  return {
    read: () => Promise.resolve(newest),
    [Symbol.asyncDispose]: () => {
      lines.close();
      stream.destroy();
      return Promise.resolve();
    },
  };
};
