import { execFile, spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { userEnvironment } from '../../../perf/cli/testing/user-environment.ts';
import { parseArguments } from '../../../perf/cli/parse-arguments.ts';
import { compareArguments } from './compare-arguments.ts';

const files = ['--json=comparison.json', '--markdown=comparison.md'];

it('inputs that are not given are no arguments', () => {
  expect(compareArguments({ PERF_GATE_BASE: '', PERF_GATE_STRICT: 'false' })).toEqual(['compare', ...files]);
});

it('a value is one argument, whatever is in it', () => {
  const evil = '--strict"; $(touch /tmp/x) \n--seed 1';
  expect(compareArguments({ PERF_GATE_HEAD_COMMAND: evil })).toEqual([
    'compare',
    `--head-command=${evil}`,
    ...files,
  ]);
});

it('several metrics may gate', () => {
  expect(compareArguments({ PERF_GATE_GATE: 'connect, ping\nmemory' })).toEqual([
    'compare',
    '--gate=connect',
    '--gate=ping',
    '--gate=memory',
    ...files,
  ]);
});

it('headers and variables are one a line', () => {
  expect(
    compareArguments({ PERF_GATE_HEADER: 'X-A: 1, 2\nX-B: 3\n', PERF_GATE_SERVER_ENV: '\r\nA=b c\r\n' }),
  ).toEqual(['compare', '--header=X-A: 1, 2', '--header=X-B: 3', '--server-env=A=b c', ...files]);
});

it('the action ends as the command line does', async () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const env = { ...userEnvironment(), PERF_GATE_BASE_IMAGE: 'a:1' };
  await expect(promisify(execFile)(process.execPath, [main], { env })).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('Add --head-image') as string,
  });
});

it('git is given the token of the job for the server of the job, and for no other', async () => {
  const source = await readFile(new URL('./action.yml', import.meta.url), 'utf8');
  const { runs } = parse(source) as { runs: { steps: { env?: Record<string, string> }[] } };
  const given = runs.steps.find(({ env }) => env?.['GIT_CONFIG_COUNT'] !== undefined)?.env ?? {};
  const filled = Object.entries(given).map(([name, value]) => [
    name,
    value
      .replace('${{ github.token }}', 'sesame')
      .replace('${{ github.server_url }}', 'https://github.example'),
  ]);
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    ...Object.fromEntries(filled),
  };
  const ask = (host: string): string =>
    spawnSync('git', ['credential', 'fill'], {
      env,
      input: `protocol=https\nhost=${host}\n\n`,
      encoding: 'utf8',
    }).stdout;
  expect(ask('github.example')).toContain('password=sesame');
  expect(ask('elsewhere.example')).not.toContain('sesame');
});

it('every input of the action is an option that compare knows', async () => {
  const source = await readFile(new URL('./action.yml', import.meta.url), 'utf8');
  const { inputs } = parse(source) as { inputs: Record<string, object> };
  const names = Object.keys(inputs).filter((name) => name !== 'artifact');
  const environment = Object.fromEntries(
    names.map((name) => [`PERF_GATE_${name.toUpperCase().replaceAll('-', '_')}`, 'true']),
  );
  for (const name of Object.keys(environment)) expect(source).toContain(`${name}: \${{ inputs.`);
  const argumentList = compareArguments(environment);
  expect(argumentList).toHaveLength(names.length + 1 + files.length);
  expect(parseArguments(argumentList)).toMatchObject({ outcome: 'parsed', problems: [] });
});
