import { once } from 'node:events';
import { copyFile, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { attemptLineJsonSchema, runRecordJsonSchema } from '../../harness/record/run-record-json-schema.ts';
import { hostileReason, hostileText } from '../../reports/testing/hostile-text.ts';
import { sessionReportJsonSchema } from '../../reports/session-report.ts';
import { exitCodes } from '../exit-code.ts';
import { runCommand, type CommandResult } from '../testing/run-command.ts';
import { runReport } from './run-report.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

// The scenario fails in every way at once: a promise, a plain assertion with a megabyte of text, and a hostile server.
const scenario = `
import { below, connectTime, expect, ramp, test } from '${join(repository, 'perf', 'scenario.ts')}';
test('every other client is refused', async ({ load }) => {
  const run = await load(ramp({ connections: 6, delaySeconds: 0.02, holdSeconds: 0.3 }));
  expect.soft(run).toMeet(below(connectTime, 'mean', 0.001));
  throw new Error(${JSON.stringify(hostileText)}.padEnd(1_048_576, 'x'));
});`;

/** Answers every other upgrade with 500, and closes the others, each time with hostile text. */
const startHostileServer = async (): Promise<{ readonly url: string; readonly close: () => void }> => {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  let upgrades = 0;
  server.on('upgrade', (request, socket, head) => {
    upgrades += 1;
    if (upgrades % 2 === 0) {
      socket.end(`HTTP/1.1 500 =cmd()<script>\r\nConnection: close\r\n\r\n${hostileText}`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.send(hostileText);
      setTimeout(() => {
        opened.close(4000, hostileReason);
      }, 50);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `ws://127.0.0.1:${String(port)}/`, close: () => server.close() };
};

let folder = '';
let run: CommandResult;
let runFiles: readonly string[] = [];

const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
const report = (...argumentList: readonly string[]): Promise<CommandResult> =>
  runCommand(['report', ...argumentList], { cwd: folder });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'hostile.perf.ts'), scenario);
  const server = await startHostileServer();
  const outputs = ['--json', 'all.json', '--report', 'all.txt', '--output', 'all.csv', '--junit', 'all.xml'];
  run = await runCommand(
    ['hostile', '--url', server.url, '--token', 'a-secret-token', ...outputs, '--html', 'all.html'],
    {
      cwd: folder,
      environment: {
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: tmpdir(),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
      },
    },
  );
  server.close();
  runFiles = await readdir(join(folder, '.perf', 'runs'));
});

describe('what a run of a hostile server leaves behind', () => {
  test('follows the published layouts', async () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    addFormats.default(ajv);
    const matchesRun = ajv.compile(runRecordJsonSchema());
    const matchesSession = ajv.compile(sessionReportJsonSchema());
    const matchesAttempt = ajv.compile(attemptLineJsonSchema());
    const session: unknown = JSON.parse(await read('all.json'));
    expect([matchesSession(session), matchesSession.errors]).toEqual([true, null]);
    const records = runFiles.filter((file) => file.endsWith('.json'));
    expect(records).toHaveLength(1);
    for (const file of records) {
      expect(matchesRun(JSON.parse(await read(join('.perf', 'runs', file))))).toBe(true);
    }
    const attempts = runFiles.find((file) => file.endsWith('.ndjson')) ?? '';
    const lines = (await read(join('.perf', 'runs', attempts))).trimEnd().split('\n');
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(matchesAttempt(JSON.parse(line))).toBe(true);
  });

  test('is rendered again from the JSON report as it was written', async () => {
    const places = {
      text: 'all.txt',
      junit: 'all.xml',
      markdown: 'summary.md',
      html: 'all.html',
      csv: 'all.csv',
    };
    // In this process: five more that each load everything would be most of what these tests take.
    for (const [format, place] of Object.entries(places)) {
      const output = join(folder, `again.${format}`);
      const attempts = format === 'csv' ? { attempts: join(folder, '.perf', 'runs') } : {};
      const request = { files: [join(folder, 'all.json')], options: { format, output, ...attempts } };
      expect(await runReport(request)).toBe(exitCodes.met);
      expect(await readFile(output, 'utf8'), format).toBe(await read(place));
    }
  });

  test('is rendered from the record alone, in another place, as the run printed it', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    for (const file of runFiles) await copyFile(join(folder, '.perf', 'runs', file), join(elsewhere, file));
    const record = join(elsewhere, runFiles.find((file) => file.endsWith('-1.json')) ?? '');
    const { stdout } = await report(record);
    const lines = stdout.trimEnd().split('\n');
    const closing = lines.splice(-2);
    expect(run.stdout).toContain(lines.join('\n').trimEnd());
    for (const line of closing) expect(run.stdout.split('\n')).toContain(line);
    // What failed beside the promise and how long it took are in the record, too.
    const again = async (format: string): Promise<string> => {
      const output = join(elsewhere, `again.${format}`);
      expect(await runReport({ files: [record], options: { format, output } })).toBe(exitCodes.met);
      return readFile(output, 'utf8');
    };
    expect(await again('junit')).toBe(await read('all.xml'));
    expect(await again('html')).toBe(await read('all.html'));
    expect((await read('summary.md')).endsWith(await again('markdown'))).toBe(true);
    const { stdout: csv } = await runCommand(['report', basename(record), '--format', 'csv'], {
      cwd: elsewhere,
    });
    expect(csv).toBe(await read('all.csv'));
  });

  test('is annotated at the lines that failed, and tells GitHub nothing else', () => {
    const commands = run.stdout.split('\n').filter((line) => line.trimStart().startsWith('::'));
    expect(commands).toHaveLength(2);
    const file = `${basename(folder)}/hostile.perf.ts`;
    expect(commands[0]).toContain(`,file=${file},line=5::`);
    expect(commands[1]).toContain(`,file=${file},line=6::`);
    expect(run.stdout).not.toContain('##[');
  });

  test('holds no control character in the terminal and in the text', async () => {
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    const control = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/u;
    for (const text of [
      run.stdout,
      await read('all.txt'),
      await read('all.csv').then((csv) => csv.replaceAll('\r\n', '\n')),
    ]) {
      expect(control.exec(text)).toBeNull();
    }
  });
});

test('everything that is wrong is said at once, in a line each, with exit code 2', async () => {
  const { exitCode, stdout, stderr } = await report(
    'nope.json',
    'package.json',
    '--format',
    'pdf',
    '--attempts',
    '.',
  );
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/--format is "pdf", but must be one of text, html, csv, junit, markdown\./u),
    expect.stringMatching(/Add --format csv/u),
    expect.stringMatching(/nope\.json can not be read: .*ENOENT/u),
    expect.stringMatching(/package\.json can not be rendered: it is none of ws-perf-gate\/run, /u),
  ]);
});

test('attempts that are not beside the record are asked for', async () => {
  const { exitCode, stderr } = await report('all.json', '--format', 'csv');
  expect(stderr).toMatch(
    /are not at .*attempts\.ndjson\. Copy that file there, or name its folder with --attempts/u,
  );
  expect(exitCode).toBe(2);
});
