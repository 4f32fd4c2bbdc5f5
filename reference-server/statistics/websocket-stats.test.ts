import { expect, it } from 'vitest';
import type { ConnectionCounts } from './connection-statistics.ts';
import { activeConnections, websocketStats } from './websocket-stats.ts';

const nothing: ConnectionCounts = {
  attempts: 0,
  failed: 0,
  opened: 0,
  openNow: 0,
  mostOpen: 0,
  sumMicros: 0,
  minMicros: 0,
  maxMicros: 0,
  lastOpenedAtMs: 0,
  newestMicros: [],
};

it("reproduces the guide's example with exactly its eleven fields", () => {
  const counts: ConnectionCounts = {
    attempts: 150,
    failed: 3,
    opened: 147,
    openNow: 25,
    mostOpen: 45,
    sumMicros: 147 * 245_000,
    minMicros: 189_000,
    maxMicros: 412_000,
    lastOpenedAtMs: 1_640_995_200_123,
    newestMicros: [123_000, 234_000, 189_000],
  };
  expect(websocketStats(counts, 1_640_995_200_456)).toStrictEqual({
    total_connections: 150,
    current_connections: 25,
    max_concurrent_connections: 45,
    connection_times: [0.123, 0.234, 0.189],
    failed_connections: 3,
    last_connection_time: 1_640_995_200.123,
    avg_connection_time: 0.245,
    min_connection_time: 0.189,
    max_connection_time: 0.412,
    success_rate: 98,
    timestamp: 1_640_995_200.456,
  });
  expect(activeConnections(counts, 1_640_995_200_456)).toStrictEqual({
    current_connections: 25,
    max_concurrent_connections: 45,
    timestamp: 1_640_995_200.456,
  });
});

it('gives 0 wherever nothing was measured', () => {
  expect(websocketStats(nothing, 1_000)).toMatchObject({
    last_connection_time: 0,
    avg_connection_time: 0,
    min_connection_time: 0,
    max_connection_time: 0,
    success_rate: 0,
    connection_times: [],
  });
});

it.each([
  [10, 0, 100],
  [10, 10, 0],
  [3, 1, 200 / 3],
])('gives of %i attempts with %i failed a success rate of %f', (attempts, failed, rate) => {
  expect(websocketStats({ ...nothing, attempts, failed }, 0).success_rate).toBe(rate);
});
