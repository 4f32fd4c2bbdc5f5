import type { ServerMetrics } from '../../observe/server-metrics.ts';
import type { MonitoringAnswer, ServerReading } from '../server-reading.ts';

type Statistics = Extract<MonitoringAnswer, { kind: 'statistics' }>;

const epochMs = Date.UTC(2026, 10, 22, 12);

/** Statistics of a calm server, with what is given in place. */
export const statistics = (given: Partial<Statistics> = {}): Statistics => ({
  kind: 'statistics',
  open: 10,
  peak: 20,
  attempts: 100,
  failed: 0,
  connectTimesSeconds: [],
  atServerEpochMs: null,
  ...given,
});

/** Metrics of a calm process, with what is given in place. */
export const metrics = (given: Partial<ServerMetrics> = {}): ServerMetrics => ({
  startedAtEpochMs: epochMs - 60_000,
  memoryBytes: 100 * 2 ** 20,
  cpuMs: 1_000,
  eventLoopDelayP99Ms: 11,
  circuit: null,
  ...given,
});

/** A look at a server, so many seconds after monitoring began. */
export const readingAt = (
  seconds: number,
  monitoring: MonitoringAnswer = statistics(),
  process: ServerMetrics | null = null,
): ServerReading => ({
  atMs: seconds * 1_000,
  atEpochMs: epochMs + seconds * 1_000,
  monitoring,
  metrics: process,
});

/** A server that does not answer. */
export const away: MonitoringAnswer = { kind: 'away', reason: 'ECONNREFUSED' };
