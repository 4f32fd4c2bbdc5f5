import type { HttpAccess } from './ask-http.ts';
import { askServerMetrics } from './server-metrics.ts';
import type { Usage, UsageReader } from './usage.ts';

const answerWithinMs = 900;

/**
 * Reads the usage that a server tells of itself at `/metrics`, of one whose process is out of reach; null where it does not tell,
 * and while another process answers than at first. `httpUrl` has no trailing slash.
 */
export const metricsUsage = (httpUrl: string, access: HttpAccess = {}): UsageReader => {
  let first: number | null = null;
  return {
    read: async (): Promise<Usage | null> => {
      const metrics = await askServerMetrics(httpUrl, { ...access, timeoutMs: answerWithinMs });
      if (metrics === null) return null;
      const { startedAtEpochMs, cpuMs, memoryBytes } = metrics;
      first ??= startedAtEpochMs;
      return startedAtEpochMs !== first || cpuMs === null || memoryBytes === null
        ? null
        : { cpuMs, memoryBytes };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
};
