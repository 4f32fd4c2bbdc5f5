import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openFaults } from '../../fixtures/faults/index.ts';
import { findFaketime } from '../../fixtures/faults/skewed-clock.ts';
import { findContainerRuntime } from '../../fixtures/targets/container-runtime.ts';
import { findExecutable } from '../../fixtures/targets/find-executable.ts';
import { RUN_LABEL } from '../../fixtures/targets/remove-run.ts';
import { stablePort } from '../../fixtures/targets/stable-port.ts';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { agentsOf } from '../harness/load/testing/agents-of.ts';
import { serveWs } from '../harness/load/testing/serve-ws.ts';
import type { SessionReport } from '../reports/session-report.ts';
import { proxyEngine } from './testing/engine-proxy.ts';
import { calm, fillDisk, longLoad, untilAgent } from './testing/fault-project.ts';
import { makeProject } from './testing/make-project.ts';
import { markedProcesses } from './testing/marked-processes.ts';
import { findDisks } from './testing/small-disk.ts';
import {
  filesUnder,
  nothing,
  startCommand,
  type StartedCommand,
  type StartOptions,
} from './testing/start-command.ts';
import { suiteFaults, type SuiteFault } from './testing/suite-faults.ts';

// The faults of the table in FAULTS.md, each with what the user reads, the exit code and what is left; that of a worker is among the
// quick ones alone.

const long = `test('long', async ({ load }) => { await ${longLoad}; });`;
const short = (seconds: number): string =>
  `test('short', async ({ load }) => {
    const run = await load(ramp({ connections: 2, delaySeconds: 0.01, holdSeconds: ${String(seconds)} }));
    expect(run.counts.successful).toBe(2);
  });`;
const mebibyte = 1_048_576;

/** What it has printed, without the breaks of lines that are too long for a terminal. */
const unwrapped = (command: StartedCommand): string => command.output().replaceAll(/\s+/gu, ' ');

const isSaid = (command: StartedCommand, { says }: SuiteFault): boolean =>
  unwrapped(command).includes(says ?? '');

/** Runs a command to its end: as the table says, and nothing left. */
const runInto = async (
  fault: SuiteFault,
  argumentList: readonly string[],
  options: StartOptions,
): Promise<StartedCommand> => {
  const command = await startCommand(argumentList, options);
  expect(await command.ended, command.output()).toEqual({ exitCode: fault.exitCode, signal: null });
  expect(isSaid(command, fault), command.output()).toBe(true);
  expect(await command.left()).toEqual(nothing);
  return command;
};

/** Runs a calm scenario where a folder of the project is another disk, to its end: as the table says. */
const runOnDisk = async (
  fault: SuiteFault,
  folder: string,
  diskAt: (place: string) => readonly string[] | undefined,
): Promise<StartedCommand> => {
  const cwd = await makeProject({ calm });
  const place = join(cwd, folder);
  await mkdir(place);
  return runInto(fault, ['--target', 'process'], { cwd, within: diskAt(place) ?? [] });
};

const untilItHasAgents = async ({ pid }: StartedCommand): Promise<void> => {
  while ((await agentsOf(pid)).length === 0) await sleep(20);
};

/** Kills a command, of which nothing is left then. */
const kill = async (command: StartedCommand): Promise<void> => {
  command.kill('SIGKILL');
  expect(await command.ended).toEqual({ exitCode: null, signal: 'SIGKILL' });
  expect(await command.left()).toEqual(nothing);
};

const isRecord = (name: string): boolean => name.endsWith('.json');

/** A shell's command that fills the disk that holds a file. */
const fill = (file: string): string => `dd if=/dev/zero of='${file}' bs=4k 2>/dev/null || true`;

describe('an agent that is killed', () => {
  test.for(['process', 'external'] as const)(
    'is told by its number, and the next scenario runs: %s',
    async (target) => {
      const cwd = await makeProject({
        agent: `test('loses its agent', async ({ load }) => {
          const running = load(ramp({ connections: 4, delaySeconds: 0.01, holdSeconds: 600 }), { agents: 2 });
          ${untilAgent}
          process.kill(agent, 'SIGKILL');
          await running;
        });`,
        calm,
      });
      await using server = await serveWs((socket) => {
        socket.send('hello');
      });
      const where = target === 'process' ? ['--target', 'process'] : ['--url', server.url];
      const command = await runInto(suiteFaults.agentKilled, ['agent', 'calm', ...where], { cwd });
      expect(unwrapped(command)).toMatch(/Load agent [12] of 2 \(process \d+\) ended before/u);
      expect(command.output()).toMatch(/^✓ calm: is calm/mu);
      expect(await filesUnder(join(cwd, '.perf', 'runs'))).toEqual([]);
    },
  );
});

describe('a command that is killed', async () => {
  const programs = await Promise.all(['nginx', 'redis-server'].map(findExecutable));

  test('while its target comes up leaves nothing behind', async () => {
    const cwd = await makeProject({ long });
    // At several moments: before the servers, between them, and after.
    for (const waitMs of [0, 50, 100, 200, 400]) {
      await using command = await startCommand(['--target', 'process'], { cwd });
      await command.printed(/Opening the target/u);
      await sleep(waitMs);
      await kill(command);
    }
  });

  test('keeps the records of loads that were over', async () => {
    const cwd = await makeProject({
      both: `test('both', async ({ load }) => { await load(few); await ${longLoad}; });`,
    });
    await using command = await startCommand(['--target', 'process'], { cwd });
    while (!(await filesUnder(join(cwd, '.perf', 'runs'))).some(isRecord)) await sleep(20);
    await untilItHasAgents(command);
    await kill(command);
    const files = await filesUnder(join(cwd, '.perf', 'runs'));
    expect(files.map((name) => name.replace(/^.*-both-1/u, ''))).toEqual(['.attempts.ndjson', '.json']);
  });

  test('leaves no server behind when it was "serve"', async () => {
    const cwd = await makeProject({ calm });
    await using command = await startCommand(['serve', '--port', String(await stablePort())], { cwd });
    await command.printed(/"msg":"listening"/u);
    await kill(command);
  });

  test.skipIf(programs.includes(null))('under load of two instances leaves none of six behind', async () => {
    const cwd = await makeProject({ long });
    await using command = await startCommand(['--target', 'process', '--instances', '2'], { cwd });
    await untilItHasAgents(command);
    // Itself, an agent, two servers, Redis and nginx, and who guards those two.
    expect(markedProcesses('TMPDIR', command.temporary).length).toBeGreaterThanOrEqual(6);
    await kill(command);
  });
});

describe('what can not be written', async () => {
  const disks = findDisks();
  const hasFullDevice = process.platform === 'linux';
  const fullDisk = (place: string): readonly string[] | undefined =>
    disks?.small(place, mebibyte, fill(join(place, 'full')));

  test.skipIf(!hasFullDevice)('when all is measured is said, and 0 becomes 2', async () => {
    const cwd = await makeProject({ calm });
    const command = await runInto(
      suiteFaults.outputLost,
      ['--target', 'process', '--json', '/dev/full', '--report', 'report.txt', '--junit', 'all.xml'],
      { cwd },
    );
    expect(command.output()).toMatch(/\/dev\/full could not be written: ENOSPC/u);
    expect(await readFile(join(cwd, 'report.txt'), 'utf8')).toContain('All promises held in 1 scenario.');
    expect(await readFile(join(cwd, 'all.xml'), 'utf8')).toContain('failures="0"');
  });

  test('because a folder has come into its place is said, and leaves no half file', async () => {
    const cwd = await makeProject({
      folder: `test('makes folders', async ({ target }) => {
        const { mkdir } = await import('node:fs/promises');
        for (const name of ['a.csv', 'a.txt', 'a.json', 'a.html', 'a.xml']) await mkdir(name);
        expect(target.kind).toBe('process');
      });`,
    });
    const outputs = ['--output=a.csv', '--report=a.txt', '--json=a.json', '--html=a.html', '--junit=a.xml'];
    const command = await runInto(suiteFaults.outputLost, ['--target', 'process', ...outputs], { cwd });
    expect(command.output().match(/could not be written: EISDIR/gu)).toHaveLength(5);
    expect((await filesUnder(cwd)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test.skipIf(!hasFullDevice)('on standard output does not end the run', async () => {
    const cwd = await makeProject({ calm });
    const disk = openSync('/dev/full', 'w');
    await runInto(suiteFaults.standardOutputFull, ['--target', 'process', '--report', 'report.txt'], {
      cwd,
      stdout: disk,
    });
    closeSync(disk);
    expect(await readFile(join(cwd, 'report.txt'), 'utf8')).toContain('All promises held in 1 scenario.');
  });

  test('because nobody reads standard output any more ends the run as Ctrl-C does', async () => {
    const cwd = await makeProject({ long });
    await using command = await startCommand(['--target', 'process'], { cwd });
    await command.printed(/long: running/u);
    await untilItHasAgents(command);
    command.stopReading();
    // The next line of progress is at most five seconds away.
    expect(await command.ended).toEqual({
      exitCode: suiteFaults.standardOutputClosed.exitCode,
      signal: null,
    });
    const record = (await filesUnder(join(cwd, '.perf', 'runs'))).find(isRecord) ?? '';
    expect(JSON.parse(await readFile(join(cwd, '.perf', 'runs', record), 'utf8'))).toMatchObject({
      interrupted: 'stopped before its end',
    });
    expect(await command.left()).toEqual(nothing);
  });

  describe.skipIf(disks === null)('on a disk of its own', () => {
    test('refuses the run when the disk of the records is full', async () => {
      await runOnDisk(suiteFaults.recordsRefused, '.perf', fullDisk);
    });

    test('refuses the run when the disk of the records is read-only', async () => {
      const command = await runOnDisk(suiteFaults.recordsRefused, '.perf', (place) => disks?.readOnly(place));
      expect(command.output()).toContain('EROFS');
    });

    test('refuses the run when the folder for temporary files is full', async () => {
      await runOnDisk(suiteFaults.temporaryRefused, 'tmp', fullDisk);
    });

    test('loses the load that was running when it filled; the server answers on, the next scenario runs', async () => {
      const cwd = await makeProject({
        full: `test('fills the disk', async ({ load, target }) => {
          ${fillDisk('.perf/full')}
          const lost = await load(few).then(() => null, (error) => error);
          // It logs every connection, in vain.
          console.log('health ' + (await fetch(target.httpUrl + '/health')).status);
          if (lost !== null) throw lost;
        });`,
        'then-calm': calm,
      });
      const perf = join(cwd, '.perf');
      await mkdir(perf);
      const command = await runInto(
        suiteFaults.recordLost,
        ['--target', 'process', '--server-env', 'LOG_LEVEL=debug'],
        { cwd, within: disks?.small(perf, 8 * mebibyte) ?? [] },
      );
      expect(command.output()).toContain('health 200');
      expect(command.output()).toMatch(/^✓ then-calm: is calm/mu);
      expect(command.output()).toContain('ENOSPC');
      expect(command.output()).not.toContain('left half written');
    });

    test('leaves no half report on the disk that has filled', async () => {
      const cwd = await makeProject({
        full: `test('fills the disk', async ({ target }) => {
          ${fillDisk('out/full')}
          expect(target.kind).toBe('process');
        });`,
      });
      const out = join(cwd, 'out');
      await mkdir(out);
      const outputs = ['--report=out/a.txt', '--json=out/a.json', '--html=out/a.html', '--junit=a.xml'];
      const command = await runInto(suiteFaults.outputLost, ['--target', 'process', ...outputs], {
        cwd,
        within: disks?.small(out, mebibyte) ?? [],
      });
      expect(command.output().match(/out\/a\.\w+ could not be written: ENOSPC/gu)).toHaveLength(3);
      expect(command.output()).not.toContain('left half written');
      expect(await readFile(join(cwd, 'a.xml'), 'utf8')).toContain('failures="0"');
    });
  });
});

test('an error that nobody expected is no broken promise, and what was started ends', async () => {
  const cwd = await makeProject({ long });
  await writeFile(
    join(cwd, 'faulty.mjs'),
    `export default class {
      onTestCaseReady() { setTimeout(() => { throw new Error('a bug in the reporter'); }, 500); }
    }`,
  );
  const command = await runInto(
    suiteFaults.unexpectedError,
    ['--target', 'process', '--reporter', './faulty.mjs'],
    { cwd },
  );
  expect(command.output()).toContain('a bug in the reporter');
});

describe('a wall clock that is stepped by hours during a load', async () => {
  const library = await findFaketime();
  const hourMs = 3_600_000;

  test.skipIf(library === null)('moves no duration', { timeout: 180_000 }, async () => {
    const pings = JSON.stringify(fileURLToPath(new URL('../scenario.ts', import.meta.url)));
    const cwd = await makeProject({
      pinging: `test('pings', async ({ load }) => {
        const { pingEvery } = await import(${pings});
        const whileOpen = pingEvery({ everySeconds: 0.1, via: 'frame' });
        const run = await load(ramp({ connections: 4, delaySeconds: 0.5, holdSeconds: 8, whileOpen }));
        expect(run.counts.successful).toBe(4);
      });`,
    });
    await using server = await serveWs((socket) => {
      socket.send('hello');
    });
    await using faults = openFaults();
    const clock = await faults.skewClock(0);
    await using command = await startCommand(
      ['pinging', '--url', server.url, '--json', 'all.json', '--output', 'all.csv'],
      { cwd, environment: clock?.environment ?? {} },
    );
    await command.printed(/pinging: running/u);
    const state = { isOver: false };
    const over = command.ended.finally(() => {
      state.isOver = true;
    });
    for (let step = 0; !state.isOver; step += 1) {
      // The processes look at their clock once a second.
      await Promise.race([over, sleep(1_100)]);
      await clock?.setOffset([hourMs, -hourMs, 0][step % 3] ?? 0);
    }
    // A busy machine may make it inconclusive; nothing else may happen.
    expect([0, 3], command.output()).toContain((await over).exitCode);
    const report = JSON.parse(await readFile(join(cwd, 'all.json'), 'utf8')) as SessionReport;
    const elapsedMs = Date.parse(report.finishedAt) - Date.parse(report.startedAt);
    expect(elapsedMs).toBeGreaterThan(8_000);
    expect(elapsedMs).toBeLessThan(120_000);
    const [run] = report.scenarios.flatMap(({ runs }) => runs);
    const times = [
      ...(run?.timeline ?? []).map(({ atMs }) => atMs),
      ...(run?.server.samples ?? []).map(({ atMs }) => atMs),
      Date.parse(run?.finishedAt ?? '') - Date.parse(run?.startedAt ?? ''),
    ];
    expect(times.length).toBeGreaterThan(20);
    expect(times.filter((atMs) => !(Math.abs(atMs) < hourMs / 10))).toEqual([]);
    const attempts = await readFile(
      join(cwd, '.perf', 'runs', `${run?.runId ?? ''}.attempts.ndjson`),
      'utf8',
    );
    const instants = [...attempts.matchAll(/"\w+AtMs":(?<ms>[-\d.]+)/gu)].map(({ groups }) =>
      Number(groups?.['ms']),
    );
    expect(instants.length).toBeGreaterThan(16);
    expect(instants.filter((atMs) => !(Math.abs(atMs) < hourMs / 10))).toEqual([]);
    expect(await command.left()).toEqual(nothing);
  });
});

describe('the container engine', async () => {
  const runtime = await findContainerRuntime();

  /** Containers and networks of the run that a command has begun. */
  const inEngine = async (command: StartedCommand): Promise<readonly string[]> => {
    const run = /creating network (?<name>\S+)/u.exec(command.output())?.groups?.['name'] ?? '';
    expect(run).not.toBe('');
    const dockerode = runtime?.container.dockerode;
    const containers = await dockerode?.listContainers({
      all: true,
      filters: { label: [`${RUN_LABEL}=${run}`] },
    });
    const networks = await dockerode?.listNetworks({ filters: { name: [run] } });
    return [...(containers ?? []).map(({ Id }) => Id), ...(networks ?? []).map(({ Name }) => Name)];
  };

  describe.skipIf(runtime === null)('and its containers', { timeout: 300_000 }, () => {
    test('have nothing left of a command that was killed, though no cleaning container runs', async () => {
      const cwd = await makeProject({ long });
      await using command = await startCommand(['--target', 'containers'], {
        cwd,
        environment: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
      });
      await untilItHasAgents(command);
      expect(await inEngine(command)).toHaveLength(3);
      command.kill('SIGKILL');
      expect(await command.left()).toEqual(nothing);
      expect(await inEngine(command)).toEqual([]);
    });

    test('have nothing left of a command that was killed while they came up', async () => {
      const cwd = await makeProject({ long });
      await using command = await startCommand(['--target', 'containers'], {
        cwd,
        environment: { TESTCONTAINERS_RYUK_DISABLED: 'true' },
      });
      await command.printed(/starting redis/u);
      await sleep(300);
      command.kill('SIGKILL');
      expect(await command.left()).toEqual(nothing);
      expect(await inEngine(command)).toEqual([]);
    });

    test.for(['goes away', 'hangs'] as const)(
      'that %s during a load costs no record, and what is left is said with its remedy',
      async (way) => {
        const cwd = await makeProject({ short: short(5) });
        await using engine = await proxyEngine(join(await temporaryDirectory(), 'engine.sock'));
        await using command = await startCommand(['--target', 'containers', '--json', 'all.json'], {
          cwd,
          environment: engine.environment,
        });
        await untilItHasAgents(command);
        if (way === 'hangs') engine.hang();
        else await engine.cut();
        const fault = suiteFaults.engineGone;
        expect((await command.ended).exitCode, command.output()).toBe(fault.exitCode);
        expect(isSaid(command, fault), command.output()).toBe(true);
        const report = JSON.parse(await readFile(join(cwd, 'all.json'), 'utf8')) as SessionReport;
        expect(report.scenarios.flatMap(({ runs }) => runs)).toHaveLength(1);
        expect(await command.left()).toEqual(nothing);
        expect(await inEngine(command)).not.toEqual([]);
        // What the user is told to do is what helps.
        const remedy = /Once the engine answers: (?<commands>.*?) \(TARGET_NOT_REMOVED\)/u.exec(
          report.faults.join('\n'),
        );
        execFileSync('sh', ['-ec', remedy?.groups?.['commands'] ?? 'exit 1'], { stdio: 'ignore' });
        expect(await inEngine(command)).toEqual([]);
      },
    );
  });
});
