import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { readCheckout } from './read-checkout.ts';
import { makeHub, runGit } from './testing/make-clones.ts';

const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@localhost'];

test.each([
  ['no setting', {}, 'perf-reference-1'],
  ['the name of a tag', { reference: 'v1.0' }, 'v1.0'],
  ['a pattern', { reference: 'v*' }, 'v1.1'],
  ['a tag that is not here', { reference: 'v9' }, null],
  ['settings that can not be used', { reference: 7 }, 'perf-reference-1'],
])('by %s the reference is the newest tag that fits', async (_what, history, id) => {
  const root = await (await makeHub()).clone('here');
  await writeFile(join(root, 'package.json'), JSON.stringify({ 'ws-perf-gate': { history } }));
  const parent = await runGit(root, 'rev-parse', 'HEAD^');
  await runGit(root, 'tag', 'perf-reference-1', parent);
  await runGit(root, 'tag', 'v1.0', parent);
  // Annotated, so that it has a date of its own.
  vi.stubEnv('GIT_COMMITTER_DATE', '2037-01-01T00:00:00Z');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  await runGit(root, ...identity, 'tag', '--annotate', '--message', 'later', 'v1.1', parent);
  expect((await readCheckout(root))?.reference).toEqual(id === null ? null : { id, sha: parent });
});
