import { expect, test } from 'vitest';
import { isRecordPath, recordPath } from './record-path.ts';
import { makeScenariosRecord } from './testing/make-history-record.ts';

test('a record’s path has year, month, commit, run and attempt', () => {
  expect(recordPath(makeScenariosRecord({ index: 40 }))).toBe(
    'runs/2026/02/0000002900000029000000290000002900000029-20260101T120000Z-000040-1.json',
  );
  expect(isRecordPath(recordPath(makeScenariosRecord()))).toBe(true);
});

test.each([
  'runs/2026/02/../../../x-1-1.json',
  '/runs/2026/02/0123456-1-1.json',
  'runs/2026/13/0123456-1-1.json',
  'runs/2026/02/0123456-1-0.json',
  'runs/2026/02/0123456-a/b-1.json',
  'runs/2026/02/0123456-..-1.json.part',
  'runs/2026/02/xyz-1-1.json',
  'runs/2026/02/0123456-1-1.json\n',
  `runs/2026/02/0123456-${'a'.repeat(250)}-1.json`,
])('%s is no record’s path', (path) => {
  expect(isRecordPath(path)).toBe(false);
});
