import type { ConnectionCounts, ConnectionStatistics } from '../statistics/connection-statistics.ts';
import { activeConnections, websocketStats } from '../statistics/websocket-stats.ts';
import { errorAnswer, type JsonAnswer } from './send-json.ts';

/** Answers `GET …/monitoring/websocket-stats`. */
export const answerWebSocketStats = (statistics: ConnectionStatistics): Promise<JsonAnswer> =>
  answerFrom(statistics, websocketStats);

/** Answers `GET …/monitoring/active-connections`. */
export const answerActiveConnections = (statistics: ConnectionStatistics): Promise<JsonAnswer> =>
  answerFrom(statistics, activeConnections);

/** Answers `POST …/monitoring/reset-stats`. */
export const answerResetStats = (statistics: ConnectionStatistics): Promise<JsonAnswer> =>
  unlessUnavailable(async () => {
    await statistics.reset();
    return { message: 'WebSocket statistics have been reset', timestamp: Date.now() / 1_000 };
  });

const answerFrom = (
  statistics: ConnectionStatistics,
  describe: (counts: ConnectionCounts, nowMs: number) => unknown,
): Promise<JsonAnswer> => unlessUnavailable(async () => describe(await statistics.read(), Date.now()));

const unlessUnavailable = async (body: () => Promise<unknown>): Promise<JsonAnswer> => {
  try {
    return { status: 200, body: await body() };
  } catch {
    const message =
      'Redis, which holds the statistics, does not answer or refuses to. GET /health tells why, and when that is over.';
    return errorAnswer(503, { code: 'statistics_unavailable', message }, { 'Retry-After': '1' });
  }
};
