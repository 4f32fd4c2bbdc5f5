import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { makeRecord } from '../reports/testing/make-record.ts';
import { writeProject } from './testing/make-project.ts';
import { runCommand } from './testing/run-command.ts';

const attempt = { index: 0, dueAtMs: 0, outcome: 'not-started' };

/** A project with these scenarios, and with a record that they may say they have left. */
const makeProject = async (scenarios: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await temporaryDirectory();
  const record = join(folder, 'record.json');
  await writeFile(record, JSON.stringify(makeRecord({ attemptsFile: 'attempts.ndjson' })));
  await writeFile(join(folder, 'attempts.ndjson'), `${JSON.stringify(attempt)}\n`.repeat(2));
  const bodies = Object.entries(scenarios).map(
    ([name, body]) => [name, `const perfRecords = ['${record}'];\n${body}`] as const,
  );
  await writeProject(folder, Object.fromEntries(bodies));
  return folder;
};

// Outcomes are stated rather than measured: on a busy machine a measurement is rightly inconclusive.
const green = `test('is fast', ({ task }) => {
  Object.assign(task.meta, { perfRecords, perfOutcome: 'met' });
  expect(task.meta.perfOutcome).toBe('met');
});`;
const red = `test('is faster than light', ({ task }) => {
  Object.assign(task.meta, { perfRecords, perfOutcome: 'broken' });
  throw new Error('Promise broken');
});`;
const skipped = `test('never', ({ skip }) => skip('not here'));`;
const unsure = `test('is perhaps fast', ({ task }) => {
  Object.assign(task.meta, { perfRecords, perfOutcome: 'inconclusive' });
  throw new Error('Inconclusive: connect time');
});`;
const silent = `test('holds over nothing', ({ task }) => {
  Object.assign(task.meta, { perfRecords, perfOutcome: 'inconclusive' });
  expect(task.meta.perfOutcome).toBe('inconclusive');
});`;
const long = `test('long', async ({ load }) => {
  await load(ramp({ connections: 2, delaySeconds: 0.01, holdSeconds: 50 }));
});`;

test('green, skipped and red scenarios: reports, summary and exit code 1', async () => {
  const cwd = await makeProject({ green, red, skipped });
  const environment = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
  const argumentList = ['--target', 'process', '--output', '--report', '--json', 'all.json'];
  const { exitCode, stdout } = await runCommand(argumentList, { cwd, environment });
  expect(stdout).toContain('✓ green: is fast');
  expect(stdout).toContain('✗ red: is faster than light');
  expect(stdout).toContain('  Skipped: not here');
  expect(stdout).toContain('1 of 3 scenarios held; 1 broke a promise (red); 1 skipped (skipped).');
  expect(stdout).not.toContain('\u001B[');
  expect(exitCode).toBe(1);
  const read = (file: string): Promise<string> => readFile(join(cwd, file), 'utf8');
  expect((await read('websocket_test_results.csv')).trimEnd().split('\r\n')).toHaveLength(5);
  expect(await read('websocket_test_report.txt')).toContain('=== WebSocket Test Results ===');
  expect(JSON.parse(await read('all.json'))).toMatchObject({ exitCode: 1 });
  expect(await read('summary.md')).toContain('| red | 20 | 100.0 % |');
});

test('a green scenario alone ends with 0', async () => {
  const cwd = await makeProject({ green, red });
  const { exitCode, stdout } = await runCommand(['green', '--target', 'process'], { cwd });
  expect(stdout).toContain('All promises held in 1 scenario.');
  expect(exitCode).toBe(0);
});

test('an inconclusive scenario ends with 3', async () => {
  const cwd = await makeProject({ green, unsure, silent });
  const { exitCode, stdout } = await runCommand(['--target', 'process', '--junit', 'all.xml'], { cwd });
  expect(stdout).toContain('? unsure: is perhaps fast');
  expect(stdout).toContain('  Inconclusive: what held proves nothing');
  expect(await readFile(join(cwd, 'all.xml'), 'utf8')).toContain('tests="3" failures="2"');
  expect(exitCode).toBe(3);
});

test('a scenario file that can not be loaded ends with 2', async () => {
  const cwd = await makeProject({ odd: 'throw new Error("odd file");' });
  const { exitCode, stdout } = await runCommand(['--target', 'process'], { cwd });
  expect(stdout).toContain('odd file');
  expect(exitCode).toBe(2);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s keeps what was measured and ends with 130', async (signal) => {
  const cwd = await makeProject({ long, green });
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { promise: signalled, resolve: send } = Promise.withResolvers<NodeJS.Signals>();
  let connections = 0;
  let opened = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.send('hello');
    // The trial connection may be gone before it answers.
    if (connections === 1) return;
    socket.ping();
    // The answer proves that the client knows of its opening.
    socket.on('pong', () => {
      opened += 1;
      if (opened === 2) send(signal);
    });
  });
  const { exitCode, stdout } = await runCommand(['--url', `ws://127.0.0.1:${String(port)}/`], {
    cwd,
    signalled,
  });
  server.close();
  expect(stdout).toContain('Stopping');
  expect(stdout).toContain('Total Connections: 2');
  expect(stdout).toMatch(/Stopped: partial results\./u);
  expect(exitCode).toBe(130);
});
