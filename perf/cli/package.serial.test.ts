import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as scenarioExports from '../scenario.ts';
import { projectFiles } from './testing/echo-project.ts';
import { runUntilConclusive } from './testing/run-until-conclusive.ts';

// The package as another repository meets it: packed, installed into an empty project, and used there on a server that
// has nothing of ours.

const repository = fileURLToPath(new URL('../..', import.meta.url));

const ownVariables =
  /^(?:VITEST|NODE_ENV$|NODE_OPTIONS$|PERF_|GITHUB_|TEST$|PROD$|DEV$|npm_(?!config_(?:registry|cache)))/u;
const environment = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ownVariables.test(name))),
  // All that npm starts runs on the Node that runs this test.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
};

/** The examples of a page as modules; they name what they import only where that is not the package's own. */
const examplesOf = async (page: string): Promise<readonly string[]> => {
  const given = `import { ${Object.keys(scenarioExports).join(', ')} } from 'ws-perf-gate';`;
  const text = await readFile(join(repository, page), 'utf8');
  return [...text.matchAll(/^```ts\n(?<code>.*?)^```$/gmsu)].map(({ groups }) => {
    const code = groups?.['code'] ?? '';
    return code.includes("from 'ws-perf-gate") ? code : `${given}\n${code}`;
  });
};

interface Outcome {
  readonly exitCode: number | string | null | undefined;
  readonly output: string;
}

const runIn = (directory: string, command: string, ...options: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      command,
      [...options],
      { cwd: directory, env: environment, timeout: 120_000, maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => resolve({ exitCode: error ? error.code : 0, output: `${stdout}${stderr}` }),
    );
  });

const installedVersion = async (name: string): Promise<string> => {
  const manifest = await readFile(join(repository, 'node_modules', name, 'package.json'), 'utf8');
  return `${name}@${(JSON.parse(manifest) as { readonly version: string }).version}`;
};

const startServer = async (
  directory: string,
  delayMs: number,
): Promise<AsyncDisposable & { url: string }> => {
  const child = spawn(process.execPath, ['server.js'], {
    cwd: directory,
    env: { ...environment, DELAY_MS: String(delayMs) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    url: `ws://127.0.0.1:${port.toString().trim()}`,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
};

describe('the packed package, installed into an empty project', { timeout: 360_000 }, () => {
  let directory: string;
  let project: string;

  const measure = (...options: readonly string[]): Promise<Outcome> =>
    runUntilConclusive(() => runIn(project, 'npx', '--no-install', 'ws-perf-gate', ...options));

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-package-'));
    project = join(directory, 'project');
    for (const [file, text] of Object.entries(projectFiles)) {
      await mkdir(dirname(join(project, file)), { recursive: true });
      await writeFile(join(project, file), text);
    }
    const examples = (await Promise.all(['README.md', 'perf/README.md'].map(examplesOf))).flat();
    expect(examples.length).toBeGreaterThanOrEqual(5);
    for (const [place, code] of examples.entries())
      await writeFile(join(project, 'configuration', `example-${String(place)}.ts`), code);
    const packing = await runIn(repository, 'npm', 'pack', '--pack-destination', directory);
    expect(packing).toMatchObject({ exitCode: 0 });
    const tarball = (await readdir(directory)).find((file) => file.endsWith('.tgz')) ?? '';
    const others = ['vitest', 'ws', 'typescript', '@types/node'].map(installedVersion);
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];
    const packages = [join(directory, tarball), ...(await Promise.all(others))];
    const installing = await runIn(project, 'npm', 'install', ...quietly, ...packages);
    expect(installing).toMatchObject({ exitCode: 0 });
  }, 240_000);

  afterAll(() => rm(directory, { recursive: true, force: true }));

  test('holds what runs and what types it, and nothing that tests it', async () => {
    const files = await readdir(join(project, 'node_modules/ws-perf-gate'), { recursive: true });
    expect(files).toEqual(
      expect.arrayContaining([
        'LICENSE',
        'dist/perf/cli/main.js',
        'dist/perf/scenario.d.ts',
        'dist/reference-server/image/Dockerfile',
        'dist/reference-server/image/server.mjs',
        'dist/prometheus/alerts.yml',
        'dist/prometheus/dashboard.json',
      ]),
    );
    const schemas = ['attempt-line', 'history-record', 'monitor-sample', 'run-record', 'session-report'];
    const published = files.filter((file) => /^dist.*\.schema\.json$/u.test(file));
    expect(published.toSorted()).toEqual(schemas.map((name) => `dist/schemas/${name}.schema.json`));
    expect(files.filter((file) => /\.(?:test|perf)\.|\/testing(?:\/|$)|(?<!\.d)\.ts$/u.test(file))).toEqual(
      [],
    );
  });

  test('leads from each of its pages to what it holds', async () => {
    const packed = join(project, 'node_modules/ws-perf-gate');
    const broken: string[] = [];
    const pages: string[] = [];
    for await (const page of glob('**/README.md', { cwd: packed })) {
      pages.push(page);
      const text = await readFile(join(packed, page), 'utf8');
      for (const [, link = ''] of text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/gu))
        await access(join(packed, dirname(page), link)).catch(() => broken.push(`${page}: ${link}`));
    }
    expect(pages.length).toBeGreaterThanOrEqual(9);
    expect(broken).toEqual([]);
  });

  test('gives other programs its JSON Schemas by name', async () => {
    const reading = `import schema from 'ws-perf-gate/schemas/run-record.schema.json' with { type: 'json' }; console.log(schema.$id);`;
    expect(await runIn(project, process.execPath, '--input-type=module', '--eval', reading)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/^urn:ws-perf-gate:run:\d+\n$/u) as string,
    });
  });

  test('types a scenario, the examples of its pages and both forms of the configuration, without skipLibCheck', async () => {
    expect(
      await runIn(project, process.execPath, 'node_modules/typescript/bin/tsc', '--project', '.'),
    ).toEqual({
      exitCode: 0,
      output: '',
    });
  });

  test.for([
    { configuration: 'without a configuration', file: null },
    { configuration: 'with the scenario project beside another', file: 'vitest.config.ts' },
  ])('is green and red on a server of its own, $configuration', async ({ file }) => {
    const configuration = join(project, 'vitest.config.ts');
    await rm(configuration, { force: true });
    if (file !== null) await writeFile(configuration, projectFiles[`configuration/${file}`] ?? '');

    await using quick = await startServer(project, 0);
    const green = await measure('--url', quick.url, '--path', '/echo');
    expect(green.output).toContain('=== WebSocket Test Results ===');
    expect(green).toMatchObject({ exitCode: 0 });

    await using slow = await startServer(project, 400);
    const red = await measure('--url', slow.url, '--path', '/echo');
    expect(red.output).toContain('Promise broken: average connect time < 250 ms');
    expect(red).toMatchObject({ exitCode: 1 });
  });

  test('brings up the reference server that it carries', async () => {
    const { exitCode, output } = await measure('--target', 'process');
    expect(output).toContain('=== WebSocket Test Results ===');
    expect(exitCode).toBe(0);
  });
});
