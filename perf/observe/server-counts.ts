import type { WebSocketStatistics } from '../harness/record/run-record.ts';
import type { HttpAccess } from './ask-http.ts';
import type { PrometheusSample } from './prometheus-text.ts';
import { askMetrics, valueOfMetric } from './server-metrics.ts';

/** What a process of the reference server counted by itself, since it started. */
export interface ProcessCounts {
  /** Another value is another process, which counts anew. */
  readonly startedAtEpochSeconds: number;
  readonly opened: number;
  readonly failed: number;
  readonly openNow: number;
}

/** What a server says of its connections at one time: out of the store that instances share, and of its own process. */
export interface ServerCounts {
  readonly statistics: WebSocketStatistics;
  /** Null where it is not one process of the reference server. */
  readonly process: ProcessCounts | null;
}

const attempts = 'websocket_connection_attempts_total';
const answerWithinMs = 5_000;

const sumOf = (samples: readonly PrometheusSample[]): number =>
  samples.reduce((sum, { value }) => sum + value, 0);

/** Picks out of a process' metrics what it counted; null where they are not those of the reference server. */
export const pickProcessCounts = (samples: readonly PrometheusSample[]): ProcessCounts | null => {
  const startedAtEpochSeconds = valueOfMetric(samples, 'process_start_time_seconds');
  const openNow = valueOfMetric(samples, 'websocket_connections_open');
  if (startedAtEpochSeconds === null || openNow === null) return null;
  const ended = samples.filter(({ name }) => name === attempts);
  const opened = ended.filter(({ labels }) => labels['outcome'] === 'opened');
  return {
    startedAtEpochSeconds,
    opened: sumOf(opened),
    failed: sumOf(ended) - sumOf(opened),
    openNow,
  };
};

/** Asks a server's `/metrics` what its process counted; null where it does not say. */
export const askProcessCounts = async (
  httpUrl: string,
  access: HttpAccess,
): Promise<ProcessCounts | null> => {
  const samples = await askMetrics(httpUrl, { ...access, timeoutMs: answerWithinMs });
  return samples === null ? null : pickProcessCounts(samples);
};

/** Where the server's own process and the store disagree on what happened between two times, one sentence each. */
export const storeDifferences = (before: ServerCounts, after: ServerCounts): string[] => {
  const [from, to] = [before.process, after.process];
  if (from === null || to === null || from.startedAtEpochSeconds !== to.startedAtEpochSeconds) return [];
  const stored = ({ statistics }: ServerCounts): Omit<ProcessCounts, 'startedAtEpochSeconds'> => ({
    opened: statistics.total_connections - statistics.failed_connections,
    failed: statistics.failed_connections,
    openNow: statistics.current_connections,
  });
  const [storedFrom, storedTo] = [stored(before), stored(after)];
  return (
    [
      ['opened', 'connections that opened'],
      ['failed', 'failed connections'],
      ['openNow', 'more connections open after the load than before it'],
    ] as const
  ).flatMap(([name, what]) => {
    const [byProcess, byStore] = [to[name] - from[name], storedTo[name] - storedFrom[name]];
    return byProcess === byStore
      ? []
      : [
          `The server’s own process counted ${String(byProcess)} ${what}, the statistics that it keeps in its store ${String(byStore)}.`,
        ];
  });
};
