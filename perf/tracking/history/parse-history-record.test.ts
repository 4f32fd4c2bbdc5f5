import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { historyRecordVersion } from './history-record.ts';
import type { Migration } from './migrations.ts';
import { maximumRecordBytes, parseHistoryRecord } from './parse-history-record.ts';
import { recordPath } from './record-path.ts';
import { makeComparisonRecord, makeScenariosRecord } from './testing/make-history-record.ts';

const record = makeScenariosRecord();
const path = recordPath(record);
const text = JSON.stringify(record);

test.each([makeScenariosRecord(), makeComparisonRecord()])(
  'a record of $kind is read as it was written',
  (written) => {
    expect(parseHistoryRecord(JSON.stringify(written), recordPath(written))).toEqual({
      outcome: 'read',
      record: written,
    });
  },
);

test.each([
  ['nothing', '', /it is empty/u],
  ['half a record', text.slice(0, 200), /no JSON, or cut off/u],
  ['a list', '[]', /no record of ws-perf-gate/u],
  ['null', 'null', /no record of ws-perf-gate/u],
  ['another schema', '{"schema":"other","version":1}', /no record of ws-perf-gate/u],
  ['no version', '{"schema":"ws-perf-gate/history"}', /no schema version/u],
  ['a version that is a text', JSON.stringify({ ...record, version: '1' }), /no schema version/u],
  [
    'a newer version',
    JSON.stringify({ ...record, version: 99 }),
    /version 99 is newer.*update ws-perf-gate/u,
  ],
  [
    'a version before the first',
    JSON.stringify({ ...record, version: 0 }),
    /no way is known from schema version 0/u,
  ],
  ['a missing field', JSON.stringify({ ...record, commit: undefined }), /"commit": .*expected object/u],
  ['a wrong field', JSON.stringify({ ...record, startedAt: 'soon' }), /"startedAt": /u],
  ['a kind that is unknown', JSON.stringify({ ...record, kind: 'poem' }), /"kind": /u],
  [
    'an address that runs something',
    JSON.stringify({ ...record, jobUrl: 'javascript:alert(1)' }),
    /"jobUrl": /u,
  ],
  ['a run that leaves the folder', JSON.stringify({ ...record, runId: '../../x' }), /"runId": /u],
  [
    'the record of another path',
    JSON.stringify(makeScenariosRecord({ index: 7 })),
    /its content belongs to runs\//u,
  ],
  ['too much', ' '.repeat(maximumRecordBytes + 1), /larger than 1 MiB/u],
])('%s is named as unreadable, with the reason', (_what, content, reason) => {
  const parsed = parseHistoryRecord(content, path);
  expect(parsed.outcome === 'unreadable' && parsed.reason).toMatch(reason);
});

/** As a version 0 might have been: the commit was a text. */
const version0 = JSON.stringify({ ...record, version: 0, commit: record.commit.sha });
const fromVersion0: Migration = (older) => ({
  ...older,
  version: 1,
  commit: { ...record.commit, sha: older['commit'] },
});

test('an older record is brought up to this version step by step', () => {
  expect(parseHistoryRecord(version0, path, new Map([[0, fromVersion0]]))).toEqual({
    outcome: 'read',
    record,
  });
  const two = new Map<number, Migration>([
    [-1, (older) => ({ ...older, version: 0 })],
    [0, fromVersion0],
  ]);
  expect(parseHistoryRecord(version0.replace('"version":0', '"version":-1'), path, two)).toEqual({
    outcome: 'read',
    record,
  });
});

test.each<[string, Migration, RegExp]>([
  [
    'throws',
    () => {
      throw new TypeError('damaged');
    },
    /could not be migrated/u,
  ],
  ['does not move on', (older) => older, /leads nowhere/u],
  [
    'makes no record',
    () => ({ schema: 'ws-perf-gate/history', version: historyRecordVersion }),
    /expected/iu,
  ],
])('a migration that %s leaves the record unreadable', (_what, migration, reason) => {
  const parsed = parseHistoryRecord(version0, path, new Map([[0, migration]]));
  expect(parsed.outcome === 'unreadable' && parsed.reason).toMatch(reason);
});

test('what a later release added to this version is left out', () => {
  const parsed = parseHistoryRecord(
    JSON.stringify({ ...record, added: 1, __proto__: { polluted: 1 } }),
    path,
  );
  expect(parsed).toEqual({ outcome: 'read', record });
});

test('whatever a file holds, reading it is an answer', () => {
  const damaged = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .tuple(fc.nat(text.length), fc.nat(20), fc.string())
      .map(([at, gone, put]) => text.slice(0, at) + put + text.slice(at + gone)),
  );
  fc.assert(
    fc.property(damaged, (content) => {
      expect(['read', 'unreadable']).toContain(parseHistoryRecord(content, path).outcome);
    }),
    { numRuns: 500 },
  );
});
