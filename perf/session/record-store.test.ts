import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { writeAttempts, writeRecord } from './record-store.ts';

test('attempts are one JSON line each, with their capacity level', async () => {
  const directory = join(await temporaryDirectory(), 'new');
  const attempts = [0, 1].map((index) => ({ index, dueAtMs: 0, outcome: 'not-started' as const, level: 10 }));
  const name = await writeAttempts(directory, 'run-1', attempts);
  const text = await readFile(join(directory, name), 'utf8');
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(attempts);
});

test('one record written many times at once is whole, and leaves no part behind', async () => {
  const directory = await temporaryDirectory();
  const record = {
    runId: 'run-1',
    failures: Array.from({ length: 2_000 }, () => 'x'),
  } as unknown as RunRecord;
  await Promise.all(Array.from({ length: 8 }, () => writeRecord(directory, record)));
  expect(await readdir(directory)).toEqual(['run-1.json']);
  expect(JSON.parse(await readFile(join(directory, 'run-1.json'), 'utf8'))).toEqual(record);
});
