import type { ConnectionCounts } from './connection-statistics.ts';

const secondsFromMicros = (micros: number): number => micros / 1_000_000;

const secondsFromMs = (ms: number): number => ms / 1_000;

/** The answer of the `active-connections` endpoint. */
export interface ActiveConnections {
  readonly current_connections: number;
  readonly max_concurrent_connections: number;
  readonly timestamp: number;
}

/** The answer of the `websocket-stats` endpoint; all times in seconds, and 0 wherever nothing was measured. */
export interface WebSocketStats extends ActiveConnections {
  readonly total_connections: number;
  readonly connection_times: readonly number[];
  readonly failed_connections: number;
  readonly last_connection_time: number;
  readonly avg_connection_time: number;
  readonly min_connection_time: number;
  readonly max_connection_time: number;
  readonly success_rate: number;
}

/** The three fields of the `active-connections` endpoint. */
export const activeConnections = (counts: ConnectionCounts, nowMs: number): ActiveConnections => ({
  current_connections: counts.openNow,
  max_concurrent_connections: counts.mostOpen,
  timestamp: secondsFromMs(nowMs),
});

/** The eleven fields of the `websocket-stats` endpoint, in the guide's order. */
export const websocketStats = (counts: ConnectionCounts, nowMs: number): WebSocketStats => ({
  total_connections: counts.attempts,
  current_connections: counts.openNow,
  max_concurrent_connections: counts.mostOpen,
  connection_times: counts.newestMicros.map(secondsFromMicros),
  failed_connections: counts.failed,
  last_connection_time: secondsFromMs(counts.lastOpenedAtMs),
  avg_connection_time:
    counts.opened === 0 ? 0 : secondsFromMicros(Math.round(counts.sumMicros / counts.opened)),
  min_connection_time: secondsFromMicros(counts.minMicros),
  max_connection_time: secondsFromMicros(counts.maxMicros),
  success_rate: counts.attempts === 0 ? 0 : ((counts.attempts - counts.failed) * 100) / counts.attempts,
  timestamp: secondsFromMs(nowMs),
});
