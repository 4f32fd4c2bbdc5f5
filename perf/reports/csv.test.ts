import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { csvSources } from './csv-sources.ts';
import { csvColumns, writeCsv } from './csv.ts';
import { makeRecord, makeScenario } from './testing/make-record.ts';

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

test('one row per attempt, by RFC 4180, with formulas defused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const lines = [opened, failed, notStarted].map((attempt) => `${JSON.stringify(attempt)}\n`);
  await writeFile(join(folder, 'attempts.ndjson'), lines.join(''));
  const record = makeRecord({ attemptsFile: 'attempts.ndjson' });
  const scenario = makeScenario({ records: [record], recordFiles: [join(folder, 'record.json')] });
  const file = join(folder, 'out.csv');
  await writeCsv(createWriteStream(file), csvSources({ scenarios: [scenario] }));
  const rows = (await readFile(file, 'utf8')).split('\r\n');
  expect(rows).toEqual([
    csvColumns.join(','),
    'basic,session-basic-1,,0,,false,opened,,,,0,1.25,1.25,10,1,,1,12,100,,2,300,true,',
    `basic,session-basic-1,,1,2,true,failed,http-status,500,,100,100,0,,,,,,,5,,,,"'=HYPERLINK(""x"", ""secret"") next"`,
    'basic,session-basic-1,40,2,,false,not-started,,,,200,,,,,,,,,,,,,',
    '',
  ]);
});

test('a session without attempts gives the header alone', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'csv-')), 'out.csv');
  await writeCsv(createWriteStream(file), csvSources({ scenarios: [makeScenario()] }));
  expect(await readFile(file, 'utf8')).toBe(`${csvColumns.join(',')}\r\n`);
});

test.each([
  ['half a line', '{"index":0', 'it is no JSON, or cut off'],
  ['another line', '{"outcome":"opened","index":-1}', '"index": '],
])('%s of a file of attempts is one error that names file and line', async (_what, line, reason) => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const attemptsFile = join(folder, 'attempts.ndjson');
  await writeFile(attemptsFile, `${JSON.stringify(opened)}\n${line}\n`);
  const output = createWriteStream(join(folder, 'out.csv'));
  await expect(writeCsv(output, [{ record: makeRecord(), attemptsFile }])).rejects.toThrow(
    `${attemptsFile}, line 2 is no attempt: ${reason}`,
  );
});

test('figures below 0 stay figures, and texts that a spreadsheet would compute do not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const attemptsFile = join(folder, 'attempts.ndjson');
  const details = ['+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=1', '＝1'];
  const lines = details.map((detail) =>
    JSON.stringify({ ...failed, dueAtMs: 100.5, failure: { ...failed.failure, detail } }),
  );
  await writeFile(attemptsFile, lines.join('\n'));
  const file = join(folder, 'out.csv');
  await writeCsv(createWriteStream(file), [{ record: makeRecord(), attemptsFile }]);
  const rows = (await readFile(file, 'utf8')).trimEnd().split('\r\n').slice(1);
  const cells = rows.map((row) => row.split(','));
  expect(cells.map((row) => row.at(-1)?.slice(0, 1))).toEqual(["'", "'", "'", "'", '\u{FFFD}', "'", "'"]);
  expect(new Set(cells.map((row) => row[csvColumns.indexOf('start_lag_ms')]))).toEqual(new Set(['-0.5']));
});

test.each([
  ['gone;=1', "gone;'=1"],
  ['gone; \t@SUM(A1);-1;1-1', "gone; \t'@SUM(A1);'-1;1-1"],
  ['gone;"=1', `"gone;""'=1"`],
])('%j computes nothing either where cells are parted by ; or a tab', async (detail, cell) => {
  const folder = await mkdtemp(join(tmpdir(), 'csv-'));
  const attemptsFile = join(folder, 'attempts.ndjson');
  await writeFile(attemptsFile, JSON.stringify({ ...failed, failure: { ...failed.failure, detail } }));
  const file = join(folder, 'out.csv');
  await writeCsv(createWriteStream(file), [{ record: makeRecord(), attemptsFile }]);
  const [, row] = (await readFile(file, 'utf8')).split('\r\n');
  expect(row?.slice(row.indexOf(cell))).toBe(cell);
});
