import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { keepHistoryRecord } from './keep-history-record.ts';
import { readHistory } from './read-history.ts';
import { recordPath } from './record-path.ts';
import { makeScenariosRecord } from './testing/make-history-record.ts';

test('records are read in the order of their commits, damaged ones are named and skipped', async () => {
  const directory = await temporaryDirectory();
  for (const index of [3, 1, 2]) keepHistoryRecord(directory, makeScenariosRecord({ index }));
  const paths = [10, 11, 12].map((index) => recordPath(makeScenariosRecord({ index })));
  const [cut = '', huge = '', dangling = ''] = paths;
  await mkdir(dirname(join(directory, cut)), { recursive: true });
  await writeFile(join(directory, cut), '{"schema":"ws-perf-gate/history","ver');
  await writeFile(join(directory, huge), Buffer.alloc(2_000_000, ' '));
  await symlink('/etc/passwd', join(directory, dangling));
  await writeFile(join(directory, 'runs', 'notes.txt'), 'by hand');
  const { records, unreadable } = await readHistory(directory);
  expect(records.map(({ runId }) => Number(runId.slice(-1)))).toEqual([1, 2, 3]);
  expect(unreadable.map(({ path, reason }) => [path, reason])).toEqual([
    [cut, 'it is no JSON, or cut off'],
    [huge, 'it is larger than 1 MiB'],
  ]);
});

test('no folder is an empty history', async () => {
  expect(await readHistory(join(await temporaryDirectory(), 'none'))).toEqual({
    records: [],
    unreadable: [],
  });
});

test('a record is never rewritten', async () => {
  const directory = await temporaryDirectory();
  keepHistoryRecord(directory, makeScenariosRecord({}, 5));
  expect(() => keepHistoryRecord(directory, makeScenariosRecord({}, 6))).toThrow(
    /no record is ever rewritten/u,
  );
  expect((await readHistory(directory)).records).toEqual([makeScenariosRecord({}, 5)]);
});
