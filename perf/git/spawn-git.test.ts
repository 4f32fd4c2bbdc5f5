import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { lastWordOfGit, spawnGit } from './spawn-git.ts';

test('a folder that is gone is no lack of git, which says so itself', async () => {
  const cwd = join(await temporaryDirectory(), 'gone');
  const result = await spawnGit(['status'], { cwd });
  expect(result?.exitCode).toBe(128);
  expect(lastWordOfGit(result?.stderr ?? '')).toMatch(/^cannot change to '.*gone'/u);
});
