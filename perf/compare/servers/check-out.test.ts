import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRepository } from '../testing/make-repository.ts';
import { checkOut } from './check-out.ts';

const { signal } = new AbortController();

const lockOf = (version: string): string =>
  JSON.stringify({ name: 'it', version, lockfileVersion: 3, packages: {} });

it('gives the files of the commit with the installed dependencies, and leaves the work tree alone', async () => {
  const { root, git, commit, write } = await makeRepository();
  const first = await commit({ 'package-lock.json': '{}', file: 'old', '.gitignore': 'node_modules' });
  await commit({ file: 'new' });
  await write({ file: 'changed', 'node_modules/thing/index.js': 'thing' });
  {
    await using tree = await checkOut(root, first, signal);
    expect(await readFile(join(tree.directory, 'file'), 'utf8')).toBe('old');
    expect(await readFile(join(tree.directory, 'node_modules/thing/index.js'), 'utf8')).toBe('thing');
  }
  expect(await readFile(join(root, 'file'), 'utf8')).toBe('changed');
  expect(await readFile(join(root, 'node_modules/thing/index.js'), 'utf8')).toBe('thing');
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

it('installs the dependencies of a commit whose lockfile differs', async () => {
  const { root, commit, write } = await makeRepository();
  const first = await commit({
    'package.json': JSON.stringify({ name: 'it', version: '1.0.0' }),
    'package-lock.json': lockOf('1.0.0'),
  });
  await write({ 'package-lock.json': lockOf('2.0.0') });
  await using tree = await checkOut(root, first, signal);
  expect(await readdir(tree.directory)).toContain('package.json');
});

it('says why when the other dependencies can not be installed, and leaves nothing behind', async () => {
  const { root, git, commit, write } = await makeRepository();
  const first = await commit({ 'package.json': 'no JSON', 'package-lock.json': 'no JSON either' });
  await write({ 'package-lock.json': '{}' });
  await expect(checkOut(root, first, signal)).rejects.toMatchObject({ code: 'DEPENDENCIES_FAILED' });
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
});

it('a commit that is none is an error that says so', async () => {
  const { root, commit } = await makeRepository();
  await commit({ file: '1' });
  await expect(checkOut(root, 'f'.repeat(40), signal)).rejects.toMatchObject({ code: 'CHECKOUT_FAILED' });
});
