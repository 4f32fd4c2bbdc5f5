import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findContainerRuntime } from '../../fixtures/targets/container-runtime.ts';
import { openTarget } from '../../fixtures/targets/index.ts';
import { RUN_LABEL } from '../../fixtures/targets/remove-run.ts';
import { targetRequest } from '../../fixtures/targets/testing/target-request.ts';
import { pingEvery } from '../harness/load/behaviour.ts';
import { ramp } from '../harness/load/profile.ts';
import { agentsOf } from '../harness/load/testing/agents-of.ts';
import { noteWhatIsOpen } from '../harness/load/testing/nothing-is-left.ts';
import { measureLoad } from '../session/measure-load.ts';
import { descendantsOf } from './testing/descendants.ts';
import { makeProject } from './testing/make-project.ts';
import { filesUnder, nothing, startCommand } from './testing/start-command.ts';

// Many runs in one sitting leave no more behind than none. PERF_MANY_RUNS takes another number of them.

const runs = Number(process.env['PERF_MANY_RUNS'] ?? 100);
const runsInContainers = Math.ceil(runs / 20);
/** The first run opens what is kept open on purpose: compiled code, loaded libraries. */
const runsToWarmUp = 2;

const basic = `test('four connect', async ({ load }) => {
  const run = await load(ramp({ connections: 4, delaySeconds: 0.01, holdSeconds: 0.2 }));
  expect(run.counts.successful).toBe(4);
});`;

/** Runs the command line once, and returns what it printed; a busy machine may make the run inconclusive, and no worse. */
const runOnce = async (cwd: string, target: 'process' | 'containers'): Promise<string> => {
  const environment = { TESTCONTAINERS_RYUK_DISABLED: 'true' };
  await using command = await startCommand(['basic', '--target', target], { cwd, environment });
  const { exitCode } = await command.ended;
  expect([0, 3], command.output()).toContain(exitCode);
  expect(await command.left()).toEqual(nothing);
  return command.output();
};

/** Brings a target up, puts a load on it, and takes it down, all in this process. */
const measure = async (): Promise<void> => {
  const request = await targetRequest({ kind: 'process' });
  await using opened = await openTarget(request);
  const { counts } = await measureLoad({
    target: opened.target,
    profile: ramp({
      connections: 4,
      delaySeconds: 0.01,
      holdSeconds: 0.2,
      whileOpen: pingEvery({ everySeconds: 0.1, via: 'message' }),
    }),
    label: 'one of many',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(counts.successful).toBe(4);
};

/** What is open in this process, by number. */
const openFiles = (): readonly string[] => readdirSync('/proc/self/fd');

const listeners = (): readonly number[] =>
  ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException', 'message', 'disconnect'].map((event) =>
    process.listenerCount(event),
  );

describe('many runs', { timeout: 1_800_000 }, () => {
  test(`of the command, ${String(runs)} in one folder: a record, its attempts and logs each, and nothing else`, async () => {
    const cwd = await makeProject({ basic });
    for (let run = 0; run < runsToWarmUp; run += 1) await runOnce(cwd, 'process');
    const filesBefore = openFiles();
    const projectBefore = readdirSync(cwd);
    for (let run = 0; run < runs; run += 1) await runOnce(cwd, 'process');
    const all = runs + runsToWarmUp;
    expect(openFiles().length).toBeLessThanOrEqual(filesBefore.length);
    expect(readdirSync(cwd)).toEqual(projectBefore);
    expect(readdirSync(join(cwd, '.perf')).toSorted()).toEqual(['logs', 'runs']);
    const kinds = (await filesUnder(join(cwd, '.perf', 'runs'))).map((name) => name.replace(/^[^.]*/u, ''));
    expect(kinds.filter((kind) => kind === '.json')).toHaveLength(all);
    expect(kinds.filter((kind) => kind === '.attempts.ndjson')).toHaveLength(all);
    expect(kinds).toHaveLength(2 * all);
    expect(readdirSync(join(cwd, '.perf', 'logs'))).toHaveLength(all);
  });

  test(`of a target and a load, ${String(runs)} in one process: no descriptor, listener, timer, socket or child more`, async () => {
    for (let run = 0; run < runsToWarmUp; run += 1) await measure();
    const before = { files: openFiles().length, listeners: listeners() };
    const nothingMoreIsOpen = noteWhatIsOpen();
    for (let run = 0; run < runs; run += 1) await measure();
    await nothingMoreIsOpen();
    expect(openFiles().length).toBeLessThanOrEqual(before.files);
    expect(listeners()).toEqual(before.listeners);
    expect(await agentsOf(process.pid)).toEqual([]);
    expect(descendantsOf(process.pid)).toEqual([]);
  });
});

describe('many runs in containers', async () => {
  const runtime = await findContainerRuntime();

  test.skipIf(runtime === null)(
    `${String(runsInContainers)} of the command leave no container, network or volume`,
    { timeout: 1_800_000 },
    async () => {
      const dockerode = runtime?.container.dockerode;
      const cwd = await makeProject({ basic });
      await runOnce(cwd, 'containers');
      const volumes = async (): Promise<number> => (await dockerode?.listVolumes())?.Volumes.length ?? 0;
      const images = async (): Promise<number> => (await dockerode?.listImages({ all: true }))?.length ?? 0;
      const before = { volumes: await volumes(), images: await images() };
      for (let run = 0; run < runsInContainers; run += 1) {
        const output = await runOnce(cwd, 'containers');
        const name = /creating network (?<name>\S+)/u.exec(output)?.groups?.['name'] ?? '';
        expect(name).not.toBe('');
        const filters = { label: [`${RUN_LABEL}=${name}`] };
        expect(await dockerode?.listContainers({ all: true, filters })).toEqual([]);
        expect(await dockerode?.listNetworks({ filters: { name: [name] } })).toEqual([]);
      }
      expect({ volumes: await volumes(), images: await images() }).toEqual(before);
    },
  );
});
