import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvColumns, writeCsv } from './csv.ts';
import { redactSecrets } from '../harness/record/redact.ts';
import { makeRecord, makeScenario, makeSession } from './testing/make-record.ts';

const opened = {
  index: 0,
  dueAtMs: 0,
  outcome: 'opened',
  startedAtMs: 1.25,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: 2.25,
  tlsDoneAtMs: null,
  openedAtMs: 11.25,
  firstMessageAtMs: 12.25,
  readyAtMs: 13.25,
  closedAtMs: 111.25,
  messagesReceived: 2,
  bytesReceived: 300,
  failure: null,
  stable: true,
};
const failed = {
  index: 1,
  retry: 2,
  warmUp: true,
  dueAtMs: 100,
  outcome: 'failed',
  startedAtMs: 100,
  failedAtMs: 105,
  failure: {
    reason: 'http-status',
    status: 500,
    closeCode: null,
    detail: '=HYPERLINK("x", "secret")\r\nnext',
  },
};
const notStarted = { index: 2, dueAtMs: 200, outcome: 'not-started', level: 40 };

test('one row per attempt, by RFC 4180, with formulas defused and tokens taken out', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const lines = [opened, failed, notStarted].map((attempt) => `${JSON.stringify(attempt)}\n`);
  await writeFile(join(folder, 'attempts.ndjson'), lines.join(''));
  const record = makeRecord({ attemptsFile: 'attempts.ndjson' });
  const scenario = makeScenario({ records: [record], recordFiles: [join(folder, 'record.json')] });
  const file = join(folder, 'out.csv');
  await writeCsv(file, makeSession({ scenarios: [scenario] }), redactSecrets(['secret']));
  const rows = (await readFile(file, 'utf8')).split('\r\n');
  expect(rows).toEqual([
    csvColumns.join(','),
    'basic,session-basic-1,,0,,false,opened,,,,0,1.25,1.25,10,1,,1,12,100,,2,300,true,',
    `basic,session-basic-1,,1,2,true,failed,http-status,500,,100,100,0,,,,,,,5,,,,"'=HYPERLINK(""x"", ""[token]"") next"`,
    'basic,session-basic-1,40,2,,false,not-started,,,,200,,,,,,,,,,,,,',
    '',
  ]);
});

test('a session without attempts gives the header alone', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'csv-')), 'out.csv');
  await writeCsv(file, makeSession(), (text) => text);
  expect(await readFile(file, 'utf8')).toBe(`${csvColumns.join(',')}\r\n`);
});
