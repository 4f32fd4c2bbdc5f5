import { expect, test } from 'vitest';
import { parsePrometheusText } from './prometheus-text.ts';
import {
  pickProcessCounts,
  storeDifferences,
  type ProcessCounts,
  type ServerCounts,
} from './server-counts.ts';
import { makeStatistics } from './testing/make-statistics.ts';

const pick = (text: string) => pickProcessCounts(parsePrometheusText(text) ?? []);

test('what a process counted is read out of its metrics', () => {
  const text = `process_start_time_seconds 1700000000
websocket_connections_open 3
websocket_connection_attempts_total{outcome="opened"} 10
websocket_connection_attempts_total{outcome="overloaded"} 4
websocket_connection_attempts_total{outcome="lost"} 1
`;
  expect(pick(text)).toEqual({ startedAtEpochSeconds: 1_700_000_000, opened: 10, failed: 5, openNow: 3 });
});

test('a process that has counted nothing yet has counted 0', () => {
  expect(pick('process_start_time_seconds 1\nwebsocket_connections_open 0\n')).toMatchObject({
    opened: 0,
    failed: 0,
  });
});

test.for(['', 'process_start_time_seconds 1\n', 'websocket_connections_open 1\n'])(
  'metrics of another server (%j) say nothing',
  (text) => {
    expect(pick(text)).toBeNull();
  },
);

const before: ServerCounts = {
  statistics: makeStatistics(100, 10, 2),
  process: { startedAtEpochSeconds: 1, opened: 40, failed: 5, openNow: 1 },
};
const after = (process: Partial<ProcessCounts> | null): ServerCounts => ({
  statistics: makeStatistics(190, 70, 2),
  process:
    process === null ? null : { startedAtEpochSeconds: 1, opened: 70, failed: 65, openNow: 1, ...process },
});

test.for<[string, Partial<ProcessCounts> | null, string[]]>([
  ['agrees', {}, []],
  ['counted another opening', { opened: 71 }, ['counted 31 connections that opened, .* in its store 30']],
  ['counted a failure less', { failed: 64 }, ['counted 59 failed connections, .* in its store 60']],
  ['has one open that the store has not', { openNow: 2 }, ['counted 1 more connections open after .* 0\\.']],
  ['differs in two ways', { opened: 0, failed: 0 }, ['that opened', 'failed connections']],
  ['is another one by now', { startedAtEpochSeconds: 2, opened: 3 }, []],
  ['is not known', null, []],
])('of a process that %s, the differences are told', ([, process, says]) => {
  expect(storeDifferences(before, after(process))).toEqual(
    says.map((words): unknown => expect.stringMatching(new RegExp(words, 'u'))),
  );
});
