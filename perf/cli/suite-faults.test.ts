import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { agentsOf } from '../harness/load/testing/agents-of.ts';
import { serveWs } from '../harness/load/testing/serve-ws.ts';
import type { SessionReport } from '../reports/session-report.ts';
import { calm, longLoad, untilAgent, useForks } from './testing/fault-project.ts';
import { makeProject } from './testing/make-project.ts';
import { markedProcesses } from './testing/marked-processes.ts';
import { nothing, startCommand } from './testing/start-command.ts';
import { suiteFaultCells, suiteFaults } from './testing/suite-faults.ts';

// The quick faults; `suite-faults.long.test.ts` has the others, and most of these in more ways.

test('the table of FAULTS.md is what is tested', async () => {
  const page = await readFile(new URL('FAULTS.md', import.meta.url), 'utf8');
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  expect(rows.slice(2)).toEqual(suiteFaultCells());
});

test('a scenario whose agent is killed, and one whose process is killed, are not measured; the next one is', async () => {
  const cwd = await makeProject({
    agent: `test('loses its agent', async ({ load }) => {
      const running = ${longLoad};
      ${untilAgent}
      process.kill(agent, 'SIGKILL');
      await running;
    });`,
    process: `test('loses its process', async ({ load }) => {
      const running = ${longLoad};
      ${untilAgent}
      process.kill(process.pid, 'SIGKILL');
      await running;
    });`,
    unheard: `process.kill(process.pid, 'SIGKILL');`,
    'still-there': calm,
  });
  await useForks(cwd);
  await using command = await startCommand(['--target', 'process', '--json', 'all.json'], { cwd });
  expect(await command.ended, command.output()).toEqual({
    exitCode: suiteFaults.workerKilled.exitCode,
    signal: null,
  });
  const said = command.output().replaceAll(/\s+/gu, ' ');
  expect(said).toContain(suiteFaults.agentKilled.says);
  expect(said).toContain(suiteFaults.workerKilled.says);
  const report = JSON.parse(await readFile(join(cwd, 'all.json'), 'utf8')) as SessionReport;
  expect(report.scenarios.map(({ name, outcome }) => [name, outcome])).toEqual(
    expect.arrayContaining([
      ['agent', 'not-measured'],
      ['process', 'not-measured'],
      ['unheard', 'not-measured'],
      ['still-there', 'met'],
    ]),
  );
  expect(report.scenarios).toHaveLength(4);
  expect(await command.left()).toEqual(nothing);
});

test('a command that is killed leaves no process and no temporary file behind', async () => {
  const cwd = await makeProject({ long: `test('long', async ({ load }) => { await ${longLoad}; });` });
  await using command = await startCommand(['--target', 'process'], { cwd });
  await command.printed(/long: running/u);
  while ((await agentsOf(command.pid)).length === 0) await sleep(20);
  // The command, its agent and its server, and more where there is a Redis: those that are looked for are found.
  expect(markedProcesses('TMPDIR', command.temporary).length).toBeGreaterThanOrEqual(3);
  command.kill('SIGKILL');
  expect(await command.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  expect(await command.left()).toEqual(nothing);
});

test('what can not be written at the end is said, and is no promise met; the rest is written', async () => {
  const cwd = await makeProject({
    lost: `test('loses its folders', async ({ load }) => {
      const { rm, writeFile } = await import('node:fs/promises');
      await rm('.perf/runs', { recursive: true });
      await writeFile('.perf/runs', '');
      await rm('gone', { recursive: true });
      await load(few);
    });`,
  });
  await mkdir(join(cwd, 'gone'));
  await using server = await serveWs((socket) => {
    socket.send('hello');
  });
  await using command = await startCommand(
    ['lost', '--url', server.url, '--json', 'gone/all.json', '--report', 'report.txt'],
    { cwd },
  );
  expect((await command.ended).exitCode, command.output()).toBe(suiteFaults.recordLost.exitCode);
  expect(command.output().replaceAll(/\s+/gu, ' ')).toContain(suiteFaults.recordLost.says);
  expect(command.output()).toContain(join('gone', `all.json ${suiteFaults.outputLost.says}`));
  expect(await readFile(join(cwd, 'report.txt'), 'utf8')).toContain('could not be measured (lost)');
  expect(await command.left()).toEqual(nothing);
});

test('a run that could not keep what it measures is refused before it measures', async () => {
  const cwd = await makeProject({ calm });
  await mkdir(join(cwd, '.perf'));
  await writeFile(join(cwd, '.perf', 'runs'), '');
  await using command = await startCommand(['--target', 'process'], {
    cwd,
    environment: { TMPDIR: join(cwd, 'missing') },
  });
  expect((await command.ended).exitCode).toBe(suiteFaults.recordsRefused.exitCode);
  expect(command.output()).toContain(suiteFaults.recordsRefused.says);
  expect(command.output()).toContain(suiteFaults.temporaryRefused.says);
  expect(command.output()).not.toContain('Opening the target');
});

test.skipIf(process.platform !== 'linux')(
  'a standard output that takes nothing, as on a full disk, ends no run, is said on standard error, and is no success',
  async () => {
    const cwd = await makeProject({ calm });
    const disk = openSync('/dev/full', 'w');
    await using command = await startCommand(['--target', 'process'], { cwd, stdout: disk });
    closeSync(disk);
    expect((await command.ended).exitCode, command.output()).toBe(suiteFaults.standardOutputFull.exitCode);
    expect(command.output()).toContain(suiteFaults.standardOutputFull.says);
  },
);
