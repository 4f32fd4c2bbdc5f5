import { expect, it } from 'vitest';
import { makeRepository } from '../testing/make-repository.ts';
import { listCommits } from './list-commits.ts';

const server = 'reference-server/main.ts';

it('lists the commits after the good one that change the server, oldest first', async () => {
  const { root, commit } = await makeRepository();
  const good = await commit({ [server]: '1' });
  const second = await commit({ [server]: '2' });
  await commit({ README: 'no change of the server' });
  const fourth = await commit({ 'package-lock.json': '{}' });
  expect(await listCommits(root, `${good}..HEAD`)).toMatchObject({ good, commits: [second, fourth] });
});

it('ends with a commit that builds the same server as the bad one', async () => {
  const { root, commit } = await makeRepository();
  const good = await commit({ [server]: '1' });
  const slow = await commit({ [server]: '2' });
  await commit({ README: 'later' });
  expect((await listCommits(root, `${good}..main`)).commits).toEqual([slow]);
});

it.each([
  ['a range that is none', 'main', /must be GOOD\.\.BAD/u],
  ['an unknown commit', 'nowhere..main', /"nowhere", which git does not know/u],
  ['the wrong way round', 'main..main~1', /no ancestor/u],
  ['nothing between', 'main..main', /nothing to find/u],
])('%s is an error that says what to do', async (_title, range, message) => {
  const { root, commit } = await makeRepository();
  await commit({ [server]: '1' });
  await commit({ [server]: '2' });
  await expect(listCommits(root, range)).rejects.toThrow(message);
});
