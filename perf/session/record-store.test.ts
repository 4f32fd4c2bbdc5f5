import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { redactSecrets } from '../harness/record/redact.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { writeAttempts, writeRecord } from './record-store.ts';

test('attempts are one JSON line each, with their capacity level', async () => {
  const directory = join(await temporaryDirectory(), 'new');
  const attempts = [0, 1].map((index) => ({ index, dueAtMs: 0, outcome: 'not-started' as const, level: 10 }));
  const name = await writeAttempts(directory, 'run-1', attempts, (text) => text);
  const text = await readFile(join(directory, name), 'utf8');
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual(attempts);
});

test('what a peer said is written without the secrets in it', async () => {
  const directory = await temporaryDirectory();
  const failure = { reason: 'protocol', status: null, closeCode: null, detail: 'bad token abc123' } as const;
  const attempt = {
    index: 0,
    dueAtMs: 0,
    outcome: 'failed',
    startedAtMs: 0,
    failedAtMs: 1,
    failure,
  } as const;
  const name = await writeAttempts(directory, 'run-1', [attempt], redactSecrets(['abc123']));
  expect(await readFile(join(directory, name), 'utf8')).toContain('"detail":"bad token [token]"');
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
