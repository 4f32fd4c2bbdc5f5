import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeRepository } from '../testing/make-repository.ts';
import { findCommits } from './find-commits.ts';

const nothing = { base: null, head: null };
const server = 'reference-server/main.ts';

it('compares a branch with its merge base, not with what main has become', async () => {
  const { root, git, commit } = await makeRepository();
  const fork = await commit({ [server]: '1' });
  git('switch', '--quiet', '--create', 'feature');
  await commit({ [server]: '2' });
  git('switch', '--quiet', 'main');
  await commit({ [server]: '3' });
  git('switch', '--quiet', 'feature');
  expect(await findCommits(root, nothing)).toMatchObject({
    base: fork,
    baseName: 'the merge base with main',
    head: null,
  });
});

it('compares a branch with its merge base with the branch that it goes to, where that is known, and with no other', async () => {
  const { root, git, commit } = await makeRepository();
  await commit({ [server]: '1' });
  git('switch', '--quiet', '--create', 'release');
  const fork = await commit({ [server]: '2' });
  git('update-ref', 'refs/remotes/origin/release', fork);
  git('switch', '--quiet', '--create', 'feature');
  await commit({ [server]: '3' });
  expect(await findCommits(root, { ...nothing, mergesInto: 'release' })).toMatchObject({
    base: fork,
    baseName: 'the merge base with origin/release',
  });
  await expect(findCommits(root, { ...nothing, mergesInto: 'elsewhere' })).rejects.toThrow(
    /No merge base was found with origin\/elsewhere\./u,
  );
});

it('compares the newest commit of main with its parent', async () => {
  const { root, commit } = await makeRepository();
  const first = await commit({ [server]: '1' });
  await commit({ [server]: '2' });
  expect(await findCommits(root, nothing)).toMatchObject({ base: first });
});

it('compares what is not committed on main with HEAD', async () => {
  const { root, commit, write } = await makeRepository();
  await commit({ [server]: '1' });
  const head = await commit({ [server]: '2' });
  await write({ [server]: '3' });
  expect(await findCommits(root, nothing)).toMatchObject({ base: head, head: null });
});

it('takes the commits that are named, as any name that git knows', async () => {
  const { root, git, commit } = await makeRepository();
  const first = await commit({ [server]: '1' });
  git('tag', 'v1');
  const second = await commit({ [server]: '2' });
  expect(await findCommits(root, { base: 'v1', head: 'HEAD' })).toMatchObject({
    base: first,
    baseName: 'v1',
    head: second,
  });
});

it('finds the root from any folder of the repository', async () => {
  const { root, commit } = await makeRepository();
  await commit({ [server]: '1' });
  await commit({ [server]: '2' });
  expect((await findCommits(join(root, 'reference-server'), nothing)).root).toBe(root);
});

it('says what to do about a name that git does not know', async () => {
  const { root, commit } = await makeRepository();
  await commit({ [server]: '1' });
  await expect(findCommits(root, { base: 'nowhere', head: null })).rejects.toThrow(
    /--base is "nowhere", which git does not know here\. Name a commit/u,
  );
});

it('says what to do in a clone without history', async () => {
  const origin = await makeRepository();
  await origin.commit({ [server]: '1' });
  await origin.commit({ [server]: '2' });
  const parent = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  const clone = join(parent, 'clone');
  origin.git('clone', '--quiet', '--depth', '1', `file://${origin.root}`, clone);
  await expect(findCommits(clone, nothing)).rejects.toThrow(/--unshallow/u);
});

it('says what to do outside of any repository', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await expect(findCommits(directory, nothing)).rejects.toMatchObject({ code: 'NOT_A_REPOSITORY' });
});
