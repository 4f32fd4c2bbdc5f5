import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks } from '../compare/testing/make-block.ts';
import type { CompareOptions } from './compare-options.ts';
import { readComparisonPlan, type ComparePlan } from './read-comparison.ts';

const read = (
  options: CompareOptions,
  environment: Record<string, string> = {},
): ReturnType<typeof readComparisonPlan> => readComparisonPlan(options, environment, '/project');

const planOf = async (
  options: CompareOptions,
  environment: Record<string, string> = {},
): Promise<ComparePlan> => {
  const reading = await read(options, environment);
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join('\n'));
  return reading.plan;
};

const problemsOf = async (options: CompareOptions): Promise<readonly string[]> => {
  const reading = await read(options);
  return reading.outcome === 'invalid' ? reading.problems : [];
};

it('compares the merge base with the work tree by three metrics when nothing is asked for', async () => {
  const { request, isStrict } = await planOf({});
  expect(request.opponents).toEqual({ kind: 'commits', base: null, head: null });
  expect(request.gated.map(({ name }) => name)).toEqual(['connect', 'ping', 'server-cpu']);
  expect(request.seed).toBeGreaterThanOrEqual(0);
  expect(isStrict).toBe(false);
});

it('in a pull request on GitHub it compares with the branch that the request goes to', async () => {
  const environment = { GITHUB_BASE_REF: 'release' };
  expect((await planOf({}, environment)).request.opponents).toMatchObject({ mergesInto: 'release' });
  // As GitHub sets it everywhere else.
  expect((await planOf({}, { GITHUB_BASE_REF: '' })).request.opponents).not.toHaveProperty('mergesInto');
});

it('draws another seed each time, and takes the one that is given', async () => {
  const seeds = await Promise.all(Array.from({ length: 5 }, async () => (await planOf({})).request.seed));
  expect(new Set(seeds).size).toBeGreaterThan(1);
  expect((await planOf({ seed: '42' })).request.seed).toBe(42);
});

it.each<[string, CompareOptions, object]>([
  [
    'images',
    { baseImage: 'a:1', headImage: 'a:2' },
    { kind: 'images', images: { base: 'a:1', head: 'a:2' } },
  ],
  [
    'commands',
    { baseCommand: 'old', headCommand: 'new' },
    { kind: 'commands', commands: { base: 'old', head: 'new' } },
  ],
  [
    'addresses',
    { baseUrl: 'http://127.0.0.1:1', headUrl: 'http://127.0.0.1:2' },
    { kind: 'urls', urls: { base: 'http://127.0.0.1:1', head: 'http://127.0.0.1:2' } },
  ],
])('compares %s', async (_title, options, opponents) => {
  expect((await planOf(options)).request.opponents).toEqual(opponents);
});

it('takes a token for servers that are given, and none for those that are built here', async () => {
  const urls = { baseUrl: 'http://127.0.0.1:1', headUrl: 'http://127.0.0.1:2' };
  expect((await planOf({ ...urls, token: 'secret-token' })).request.target.tokens).toEqual(['secret-token']);
  expect(await problemsOf({ token: 'secret-token' })).toEqual([expect.stringContaining('--token is for')]);
});

it('servers that run elsewhere are judged by what a client sees', async () => {
  const urls = { baseUrl: 'http://127.0.0.1:1', headUrl: 'http://127.0.0.1:2' };
  expect((await planOf(urls)).request.gated.map(({ name }) => name)).toEqual(['connect', 'ping']);
  expect(await problemsOf({ ...urls, gate: ['server-cpu'] })).toEqual([
    expect.stringContaining('server-cpu can not be read of servers given by --base-url'),
  ]);
});

it('PERF_URL says nothing about a comparison', async () => {
  const { request } = await planOf({}, { PERF_URL: 'http://127.0.0.1:1' });
  expect(request.opponents.kind).toBe('commits');
  expect(request.target.url).toBeNull();
});

it('the environment of one side is its own', async () => {
  const { request } = await planOf({ serverEnv: ['A=1'], headServerEnv: ['B=2'] });
  expect(request.target.serverEnvironment).toEqual({ A: '1' });
  expect(request.serverEnvironments).toEqual({ base: {}, head: { B: '2' } });
});

it('servers that commands start get a secret of the user’s', async () => {
  const commands = { baseCommand: 'old', headCommand: 'new' };
  const { request } = await planOf({ ...commands, serverEnv: ['JWT_SECRET=x'] });
  expect(request.target.serverEnvironment).toEqual({ JWT_SECRET: 'x' });
});

it.each<[string, CompareOptions, RegExp]>([
  ['one image alone', { baseImage: 'a' }, /--base-image was given alone.*Add --head-image/u],
  ['one address alone', { headUrl: 'http://127.0.0.1:1' }, /Add --base-url/u],
  [
    'two ways at once',
    { baseImage: 'a', headImage: 'b', baseCommand: 'c', headCommand: 'd' },
    /--base-image and --base-command were given/u,
  ],
  ['a commit beside images', { base: 'main', baseImage: 'a', headImage: 'b' }, /one way at a time/u],
  ['an unknown metric', { gate: ['speed'] }, /There is no metric "speed"/u],
  ['a metric that never gates', { gate: ['connect-p99'] }, /connect-p99 never gates/u],
  ['a seed that is none', { seed: '-1' }, /--seed is "-1"/u],
  ['a seed that is too large', { seed: '99999999999' }, /--seed is "99999999999", but must be below/u],
  [
    'a target for addresses',
    { baseUrl: 'http://a', headUrl: 'http://b', target: 'process' },
    /--target is for/u,
  ],
  ['an external target without addresses', { target: 'external' }, /--base-url and --head-url/u],
  ['a confirmation of nothing', { confirm: '/nowhere.json' }, /--confirm is "\/nowhere\.json"/u],
  ['a first of two without a file for the second', { firstOfTwo: true }, /which needs a file. Add --json/u],
  ['a first of two that confirms', { firstOfTwo: true, confirm: '/a.json' }, /one or the other/u],
  ['a bad assignment', { headServerEnv: ['=1'] }, /--head-server-env number 1/u],
  [
    'a secret for a server that is started here',
    { baseServerEnv: ['JWT_SECRET=x'] },
    /--base-server-env JWT_SECRET=….*--base-url and --head-url with --token/u,
  ],
  [
    'a Redis for images',
    { baseImage: 'a', headImage: 'b', serverEnv: ['REDIS_URL=redis://h'] },
    /containers bring a Redis of their own/u,
  ],
])('%s is a problem', async (_title, options, message) => {
  expect(await problemsOf(options)).toEqual(expect.arrayContaining([expect.stringMatching(message)]));
});

it('every problem is found at once', async () => {
  expect(await problemsOf({ baseImage: 'a', gate: ['speed'], seed: 'x' })).toHaveLength(3);
});

it('a confirmation gates by what failed, and by nothing else that is named', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const confirm = join(folder, 'first.json');
  const first = comparisonOf(
    makeBlocks(12, 1).map(({ base, head }) => ({ base, head: { ...head, cpuMs: (head.cpuMs ?? 0) * 1.2 } })),
  );
  await writeFile(confirm, JSON.stringify(first));
  expect((await planOf({ confirm })).request.gated.map(({ name }) => name)).toEqual(['server-cpu']);
  expect(await problemsOf({ confirm, gate: ['connect'] })).toEqual([
    expect.stringContaining('Leave --gate out'),
  ]);
  // Operations fail, and no metric does.
  await writeFile(confirm, JSON.stringify(comparisonOf(makeBlocks(12, 1, { overloaded: 2 }))));
  expect((await planOf({ confirm })).request.gated).toHaveLength(3);
});

it('a file to confirm that holds something else is a problem that says what is wrong with it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'other.json');
  await writeFile(file, '{"schema":"something/else"}');
  expect(await problemsOf({ confirm: file })).toEqual([expect.stringContaining('it is not a comparison')]);
  await writeFile(file, '{"version":99}');
  expect(await problemsOf({ confirm: file })).toEqual([expect.stringContaining('newer version')]);
});
