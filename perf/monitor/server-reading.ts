import { msFromSeconds } from '../harness/units.ts';
import { OversizedAnswer, type HttpAccess } from '../observe/ask-http.ts';
import { MonitoringClient, MonitoringError } from '../observe/monitoring-client.ts';
import { askServerMetrics, type ServerMetrics } from '../observe/server-metrics.ts';

/** What a server's monitoring endpoints said. */
export type MonitoringAnswer =
  /** The guide's `websocket-stats`. Times are seconds, as the guide has them, newest last. */
  | {
      readonly kind: 'statistics';
      readonly open: number;
      readonly peak: number | null;
      readonly attempts: number;
      readonly failed: number;
      readonly connectTimesSeconds: readonly number[];
      /** By the server's own clock, ms of the Unix epoch. */
      readonly atServerEpochMs: number | null;
    }
  /** It has `active-connections` alone. */
  | { readonly kind: 'active-connections'; readonly open: number; readonly peak: number }
  /** It answers, but has no such endpoints, or does not let us in. */
  | { readonly kind: 'unmonitored'; readonly reason: string }
  /** No answer, or HTTP 5xx. */
  | { readonly kind: 'away'; readonly reason: string };

/** One look at a server. */
export interface ServerReading {
  /** Ms since monitoring began, on a monotonic clock. */
  readonly atMs: number;
  /** Ms of the Unix epoch. */
  readonly atEpochMs: number;
  readonly monitoring: MonitoringAnswer;
  readonly metrics: ServerMetrics | null;
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

const failureOf = (error: unknown): MonitoringAnswer => {
  if (!(error instanceof MonitoringError)) throw error;
  if (error.cause instanceof OversizedAnswer) return { kind: 'unmonitored', reason: 'answer too large' };
  const cause = (error.cause as { readonly code?: unknown } | undefined)?.code;
  if (error.status === null)
    return {
      kind: 'away',
      reason: typeof cause === 'string' && cause !== 'ABORT_ERR' ? cause : 'no answer in time',
    };
  const reason =
    error.status === 200 ? 'not the guide’s monitoring endpoints' : `HTTP ${String(error.status)}`;
  return { kind: error.status >= 500 ? 'away' : 'unmonitored', reason };
};

const askMonitoring = async (client: MonitoringClient): Promise<MonitoringAnswer> => {
  let failure: MonitoringAnswer;
  try {
    const statistics = await client.statistics();
    const times: unknown = statistics.connection_times;
    const timestamp = numberOrNull(statistics.timestamp);
    return {
      kind: 'statistics',
      open: statistics.current_connections,
      peak: numberOrNull(statistics.max_concurrent_connections),
      attempts: statistics.total_connections,
      failed: statistics.failed_connections,
      connectTimesSeconds: Array.isArray(times) ? times.filter((time) => typeof time === 'number') : [],
      atServerEpochMs: timestamp === null ? null : msFromSeconds(timestamp),
    };
  } catch (error) {
    failure = failureOf(error);
  }
  if (failure.kind === 'away') return failure;
  try {
    const active = await client.activeConnections();
    return {
      kind: 'active-connections',
      open: active.current_connections,
      peak: active.max_concurrent_connections,
    };
  } catch {
    return failure;
  }
};

/** Looks at a server: its monitoring endpoints and its `/metrics`. What it does is data: this never rejects for it. */
export const readServer = async (
  httpUrl: string,
  access: HttpAccess & { readonly timeoutMs: number },
): Promise<Pick<ServerReading, 'monitoring' | 'metrics'>> => {
  const client = new MonitoringClient(httpUrl, access, access.timeoutMs);
  const [monitoring, metrics] = await Promise.all([askMonitoring(client), askServerMetrics(httpUrl, access)]);
  return { monitoring, metrics };
};
