import type { WebSocketStatistics } from '../../harness/record/run-record.ts';

/** The guide's statistics of a server that counted so many attempts, of which so many failed, and has so many open. */
export const makeStatistics = (total: number, failed: number, current = 0): WebSocketStatistics => ({
  total_connections: total,
  current_connections: current,
  max_concurrent_connections: 0,
  connection_times: [],
  failed_connections: failed,
  last_connection_time: null,
  avg_connection_time: 0,
  min_connection_time: 0,
  max_connection_time: 0,
  success_rate: 0,
  timestamp: 0,
});
