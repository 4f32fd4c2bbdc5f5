import { lstat, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { writeWhole } from './write-whole.ts';

/** Gives out after half of it. */
const giveOut = async (output: Writable): Promise<void> => {
  await new Promise<void>((resolve) => {
    output.write('half', () => {
      resolve();
    });
  });
  output.destroy();
  throw new Error('gave out');
};

test('a file that could not be written whole is as it was before', async () => {
  const folder = await temporaryDirectory();
  const file = join(folder, 'a.txt');
  await writeWhole(file, 'first');
  await expect(writeWhole(file, giveOut)).rejects.toThrow('gave out');
  expect(await readFile(file, 'utf8')).toBe('first');
  expect(await readdir(folder)).toEqual(['a.txt']);
});

test('a link, as /dev/stdout is one, stays, and what it leads to is written', async () => {
  const folder = await temporaryDirectory();
  const [file, link] = [join(folder, 'a.txt'), join(folder, 'link')];
  await writeFile(file, '');
  await symlink(file, link);
  await writeWhole(link, 'text');
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(file, 'utf8')).toBe('text');
});
