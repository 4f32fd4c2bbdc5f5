import type { ObservedServer } from '../../fixtures/targets/index.ts';
import { readContainerStatistics } from '../observe/container-usage.ts';
import { processUsage } from '../observe/process-usage.ts';
import { usageOfSeveral } from '../observe/usage-of-several.ts';
import { pidFileUsage } from '../observe/usage-over-restarts.ts';
import type { Usage } from '../observe/usage.ts';

/** Reads what a server has used, right now; null where it can not be read. */
export type ReadUsage = () => Promise<Usage | null>;

const containerUsageNow = async (containerId: string): Promise<ReadUsage> => {
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { container } = await getContainerRuntimeClient();
  return async () => {
    // One shot: the engine reads the cgroup when it is asked; its stream of readings is up to a second old.
    const statistics: unknown = await container
      .getById(containerId)
      .stats({ stream: false, 'one-shot': true })
      .catch(() => null);
    return readContainerStatistics(JSON.stringify(statistics ?? {}));
  };
};

/** How the usage of a server is read, its processor time in nanoseconds at the source: `/proc` of a process, the cgroup of a container. */
export const usageReader = async (server: ObservedServer): Promise<ReadUsage> => {
  switch (server.kind) {
    case 'process': {
      const usage = processUsage(server.pid);
      return () => usage.read();
    }
    case 'container':
      return containerUsageNow(server.containerId);
    case 'processes': {
      const usage = usageOfSeveral(server.pidFiles.map(pidFileUsage));
      return () => usage.read();
    }
    case 'containers':
      // A comparison brings up one server a side.
      return () => Promise.resolve(null);
    case 'none':
      return () => Promise.resolve(null);
    default:
      return server satisfies never;
  }
};
