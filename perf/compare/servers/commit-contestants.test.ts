import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { defaultTargetRequest } from '../../../fixtures/targets/index.ts';
import { chooseGated } from '../choose-gated.ts';
import type { CompareRequest } from '../compare-request.ts';
import { makeRepository } from '../testing/make-repository.ts';
import { prepareContestants } from './prepare.ts';
import type { Prepared } from './prepared.ts';

/** A server as small as one can be that the process target takes for healthy. */
const server = (name: string): string => `
import { createServer } from 'node:http';
const server = createServer((request, response) => response.end('${name}'));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(JSON.stringify({ msg: 'listening', url: \`http://127.0.0.1:\${port}\` }) + '\\n');
});
process.on('SIGTERM', () => process.exit(0));
`;

const files = (name: string): Record<string, string> => ({
  'reference-server/main.ts': server(name),
  'reference-server/Dockerfile': 'FROM scratch\n',
  'package.json': '{"type":"module"}',
});

const prepare = async (
  root: string,
  asked: { readonly base: string | null; readonly head: string | null },
  serverEnvironments: CompareRequest['serverEnvironments'] = { base: {}, head: {} },
  serverEnvironment: Readonly<Record<string, string>> = {},
): Promise<Prepared> => {
  const logDirectory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(logDirectory, { recursive: true, force: true }));
  const request: CompareRequest = {
    opponents: { kind: 'commits', ...asked },
    target: { ...defaultTargetRequest(logDirectory), kind: 'process', serverEnvironment },
    serverEnvironments,
    gated: chooseGated([], []),
    seed: 1,
  };
  const { signal } = new AbortController();
  return prepareContestants(request, { directory: root, logDirectory, signal, onProgress: () => undefined });
};

const answerOf = async (prepared: Prepared, side: 'base' | 'head'): Promise<string> => {
  await using opened = await prepared.contestants[side].open({});
  const response = await fetch(opened.target.httpUrl);
  return await response.text();
};

it('starts the server of either commit, each built from its own sources', async () => {
  const { root, commit } = await makeRepository();
  const base = await commit(files('old'));
  const head = await commit(files('new'));
  await using prepared = await prepare(root, { base, head });
  expect(await answerOf(prepared, 'base')).toBe('old');
  expect(await answerOf(prepared, 'head')).toBe('new');
  expect(prepared.contestants.base.commit).toBe(base);
  expect(prepared.contestants.head.commit).toBe(head);
  expect(prepared.notices.join()).not.toContain('very same server');
});

it('takes the work tree for head, and says when it has changes that no commit has', async () => {
  const { root, commit, write } = await makeRepository();
  const base = await commit(files('old'));
  await write(files('changed'));
  await using prepared = await prepare(root, { base, head: null });
  expect(await answerOf(prepared, 'head')).toBe('changed');
  expect(prepared.contestants.head).toMatchObject({
    commit: null,
    label: `${base.slice(0, 9)} with uncommitted changes`,
  });
  expect(await readFile(join(root, 'reference-server/main.ts'), 'utf8')).toContain('changed');
});

it('says that base and head are the same server when they are', async () => {
  const { root, commit } = await makeRepository();
  const base = await commit(files('same'));
  const head = await commit({ README: 'other' });
  await using prepared = await prepare(root, { base, head });
  expect(prepared.notices).toContainEqual(expect.stringContaining('whatever differs is noise'));
});

it('the same server with another environment is not said to differ by noise alone', async () => {
  const { root, commit } = await makeRepository();
  const base = await commit(files('same'));
  await using prepared = await prepare(root, { base, head: null }, { base: {}, head: { FAULT: '1' } });
  expect(prepared.notices).toContainEqual(expect.stringContaining('only their environments differ'));
});

it('without a redis-server it says that neither server has a real Redis', async () => {
  const { root, commit, git } = await makeRepository();
  const base = await commit(files('same'));
  // git alone is on this PATH.
  const programs = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(programs, { recursive: true, force: true }));
  await symlink(join(git('--exec-path'), 'git'), join(programs, 'git'));
  vi.stubEnv('PATH', programs);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await using prepared = await prepare(root, { base, head: null });
  expect(prepared.notices).toContainEqual(expect.stringContaining('No redis-server is on the PATH'));
  await using other = await prepare(root, { base, head: null }, undefined, {
    REDIS_URL: 'redis://127.0.0.1:1',
  });
  expect(other.notices.join()).not.toContain('redis-server');
});

it('the same changes that no commit has are known again by what is built of them', async () => {
  const { root, commit, write } = await makeRepository();
  const base = await commit(files('old'));
  const hashOf = async (name: string): Promise<string | undefined> => {
    await write(files(name));
    await using prepared = await prepare(root, { base, head: null });
    return prepared.contestants.head.contentHash;
  };
  const first = await hashOf('changed');
  expect(await hashOf('changed')).toBe(first);
  expect(await hashOf('changed otherwise')).not.toBe(first);
});

it('a commit without a reference server is an error that says what to compare instead', async () => {
  const { root, commit } = await makeRepository();
  const base = await commit({ README: 'nothing else' });
  const head = await commit(files('new'));
  await expect(prepare(root, { base, head })).rejects.toThrow(
    /has no reference-server\/main\.ts .* --base-command/u,
  );
});

it('sources that can not be bundled are an error that names the place', async () => {
  const { root, commit } = await makeRepository();
  const base = await commit(files('old'));
  const head = await commit({ 'reference-server/main.ts': 'import "./nowhere.ts";' });
  await expect(prepare(root, { base, head })).rejects.toThrow(/can not be bundled/u);
});
