import { expect, test } from 'vitest';
import { commitUrlOf, repositoryPage } from './commit-url.ts';

test.each([
  ['https://github.com/owner/name.git', 'https://github.com/owner/name'],
  ['https://user:sEcReT@github.com/owner/name', 'https://github.com/owner/name'],
  ['git@github.com:owner/name.git', 'https://github.com/owner/name'],
  ['ssh://git@gitlab.example.com:2222/group/sub/name.git/', 'https://gitlab.example.com/group/sub/name'],
])('%s has its page at %s', (remote, page) => {
  expect(repositoryPage(remote)).toBe(page);
});

test.each([
  '/srv/hub.git',
  'file:///srv/hub.git',
  '../hub',
  'https://host/a"><script>',
  'javascript://host/x',
  '',
])('%s has no page', (remote) => {
  expect(repositoryPage(remote)).toBeNull();
});

const history = { cwd: '.', remote: 'https://host.example/a/b.git', branch: 'perf-data' };

test('a template links commits, whatever the remote', async () => {
  const problems: string[] = [];
  const url = await commitUrlOf(history, 'http://code/c?id={sha}', problems);
  expect(url?.('abc')).toBe('http://code/c?id=abc');
  expect((await commitUrlOf(history, null, problems))?.('abc')).toBe('https://host.example/a/b/commit/abc');
  expect(problems).toEqual([]);
});

test.each(['javascript:{sha}', 'http://code/c'])('the template %s is a problem', async (template) => {
  const problems: string[] = [];
  expect(await commitUrlOf(history, template, problems)).toBeNull();
  expect(problems).toEqual([expect.stringContaining('must be an address with {sha} in it')]);
});
