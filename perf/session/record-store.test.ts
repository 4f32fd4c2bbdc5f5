import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { redactSecrets } from '../harness/record/redact.ts';
import { makeRecord } from '../reports/testing/make-record.ts';
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
  const point = { started: 1, open: 1, failed: 0, failedAfterOpening: 0, messages: 2 };
  const record = makeRecord({
    runId: 'run-1',
    timeline: Array.from({ length: 2_000 }, (_, atMs) => ({ ...point, atMs })),
  });
  await Promise.all(Array.from({ length: 8 }, () => writeRecord(directory, record, (text) => text)));
  expect(await readdir(directory)).toEqual(['run-1.json']);
  expect(JSON.parse(await readFile(join(directory, 'run-1.json'), 'utf8'))).toEqual(record);
});

test('a record is written without secrets, wherever in it they stood', async () => {
  const directory = await temporaryDirectory();
  const text = 'told abc123';
  const record = makeRecord({
    interrupted: text,
    failures: [{ reason: 'protocol', status: null, closeCode: null, detail: text, count: 1 }],
  });
  const file = await writeRecord(directory, record, redactSecrets(['abc123']));
  expect(await readFile(file, 'utf8')).not.toContain('abc123');
});

test('what can not be written, as where the folder is a file, says so by its code', async () => {
  const parent = await temporaryDirectory();
  const directory = join(parent, 'runs');
  await writeFile(directory, '');
  const notWritten = expect.objectContaining({
    code: 'RECORD_NOT_WRITTEN',
    message: expect.stringMatching(
      /^The (?:record|attempts) of \S+ could not be written to .*\/runs: E/u,
    ) as string,
  }) as Error;
  await expect(writeAttempts(directory, 'run-1', [], (text) => text)).rejects.toEqual(notWritten);
  await expect(writeRecord(directory, makeRecord(), (text) => text)).rejects.toEqual(notWritten);
  expect(await readdir(parent)).toEqual(['runs']);
});

test('a record whose place is taken by a folder leaves no part behind', async () => {
  const directory = await temporaryDirectory();
  const record = makeRecord({ runId: 'run-1' });
  await mkdir(join(directory, 'run-1.json'));
  await expect(writeRecord(directory, record, (text) => text)).rejects.toThrow(
    /could not be written .*EISDIR/u,
  );
  expect(await readdir(directory)).toEqual(['run-1.json']);
});

test('a record that is not what its schema says is not written', async () => {
  const record = makeRecord({ quotesNotJudged: Number.NaN });
  await expect(writeRecord(await temporaryDirectory(), record, (text) => text)).rejects.toThrow(
    /session-basic-1 can not be written: "quotesNotJudged": .*NaN.* Please|please report/u,
  );
});
