import { expect, test } from 'vitest';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import type { ServerCounts } from '../observe/server-counts.ts';
import { makeStatistics } from '../observe/testing/make-statistics.ts';
import { makeServerRecord, settledCounts } from './server-record.ts';

const counts = (byProcess: number, byStore: number, openNow = 0): ServerCounts => ({
  statistics: makeStatistics(byStore, byStore, openNow),
  process: { startedAtEpochSeconds: 1, opened: 0, failed: byProcess, openNow },
});
const before = counts(0, 0);
const refused: ConnectionAttempt = {
  outcome: 'failed',
  index: 0,
  dueAtMs: 0,
  startedAtMs: 1,
  failedAtMs: 5,
  failure: { reason: 'overloaded', status: 503, closeCode: null, detail: null },
};

test('counts are asked for until the last connection is closed and the store has what the process counted', async () => {
  const answers = [counts(1, 1, 1), counts(1, 0), counts(1, 1), counts(2, 2)];
  const settled = await settledCounts({ counts: () => Promise.resolve(answers.shift() ?? null) }, before);
  expect(settled).toEqual(counts(1, 1));
});

const differences = (after: ServerCounts, wasStopped = false) =>
  makeServerRecord({ attempts: [refused], wasStopped }, { samples: [], before, after }, 1).differences;

test('what clients, store and process disagree in is in the record', () => {
  expect(differences(counts(1, 1))).toEqual([]);
  expect(differences(counts(2, 1))).toEqual([
    expect.stringContaining('own process counted 2 failed connections'),
  ]);
  expect(differences(counts(2, 2))).toEqual([
    expect.stringContaining('counted 2 attempts, the client 1'),
    expect.stringContaining('counted 2 failed connections, the client 1'),
  ]);
  expect(differences(counts(2, 1), true)).toBeNull();
});
