import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeBlocks } from '../../compare/testing/make-block.ts';
import { runComment } from './run-comment.ts';
import { fakeGitHub, type FakeGitHub, type FakeTrouble } from './testing/fake-github.ts';

const server = setupServer();
beforeAll(() => {
  server.listen();
});
afterEach(() => {
  server.resetHandlers();
});
afterAll(() => {
  server.close();
});

const headSha = 'b'.repeat(40);
const fork = 'somebody/fork';
const event = {
  workflow_run: {
    html_url: 'https://github.example/owner/name/actions/runs/1',
    head_branch: 'faster & better',
    head_sha: headSha,
    head_repository: { full_name: fork, owner: { login: 'somebody' } },
    // What an event of a fork holds, and nothing that could be believed.
    pull_requests: [],
  },
};
const marker = '<!-- ws-perf-gate:comparison -->';
const failing = (): Comparison => comparisonOf(makeBlocks(12, 1.1), { isFirstOfTwo: true });

interface Spoken {
  readonly exitCode: number;
  readonly printed: string;
  readonly waitedMs: readonly number[];
}

/** Comments as the workflow does, with these files for the artifacts. */
const speak = async (
  github: FakeGitHub,
  artifacts: { readonly comparison: unknown; readonly confirmation?: unknown },
  environment: Record<string, string> = {},
): Promise<Spoken> => {
  server.use(...github.handlers);
  const folder = await temporaryDirectory();
  const fileOf = async (name: string, content: unknown): Promise<string> => {
    const file = join(folder, name);
    if (content !== undefined)
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  };
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const problems = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const waitedMs: number[] = [];
  try {
    const exitCode = await runComment(
      {
        comparison: await fileOf('comparison.json', artifacts.comparison),
        confirmation: await fileOf('confirmation.json', artifacts.confirmation),
      },
      {
        GITHUB_TOKEN: 'token',
        GITHUB_REPOSITORY: 'owner/name',
        GITHUB_API_URL: 'https://api.github.example',
        GITHUB_EVENT_PATH: await fileOf('event.json', event),
        ...environment,
      },
      {
        wait: (ms) => {
          waitedMs.push(ms);
          return Promise.resolve();
        },
        random: () => 0,
      },
    );
    const printed = [...written.mock.calls, ...problems.mock.calls].map(([text]) => String(text)).join('');
    return { exitCode, printed, waitedMs };
  } finally {
    written.mockRestore();
    problems.mockRestore();
  }
};

const pullRequest = { number: 7, sha: headSha, repository: fork };

test('the comparison of a fork becomes one comment, and the next one takes its place', async () => {
  const github = fakeGitHub([pullRequest]);
  expect(await speak(github, { comparison: failing() })).toMatchObject({
    exitCode: 0,
    printed: 'Pull request 7: comment created\n',
  });
  expect(github.asked[0]).toBe('GET /pulls?state=open&head=somebody%3Afaster+%26+better&per_page=100');
  const next = comparisonOf(makeBlocks(12, 1));
  expect((await speak(github, { comparison: next })).printed).toContain('comment updated');
  expect(github.comments).toHaveLength(1);
  expect(github.comments[0]?.body).toMatch(/^<!-- ws-perf-gate:comparison -->\n### .*\n\n\*\*PASS/u);
  expect((await speak(github, { comparison: next })).printed).toContain('comment unchanged');
});

test('the comment says what both comparisons found, and where the run is', async () => {
  const github = fakeGitHub([pullRequest]);
  const first = failing();
  await speak(github, {
    comparison: first,
    confirmation: comparisonOf(makeBlocks(12, 1), { confirms: first }),
  });
  const [{ body } = { body: '' }] = github.comments;
  expect(body).toContain('**NOT CONFIRMED: the first comparison failed');
  expect(body).toContain('<details><summary>The first comparison, which failed</summary>');
  expect(body).toContain('FAIL connect p50: 10.2 % slower');
  expect(body).toContain('[The run](https://github.example/owner/name/actions/runs/1)');
});

test('a comment of somebody else is left alone, even with our marker in it', async () => {
  const github = fakeGitHub([pullRequest]);
  const other = { id: 1, body: `${marker}\nmine`, user: { login: 'somebody' } };
  github.comments.push(other, { id: 2, body: `> ${marker}`, user: { login: 'github-actions[bot]' } });
  await speak(github, { comparison: failing() });
  expect(github.comments).toHaveLength(3);
  expect(other.body).toBe(`${marker}\nmine`);
});

test('our comment is found behind hundreds of others', async () => {
  const github = fakeGitHub([pullRequest]);
  for (let id = 1; id <= 250; id += 1)
    github.comments.push({ id, body: 'hello', user: { login: 'somebody' } });
  await speak(github, { comparison: failing() });
  expect((await speak(github, { comparison: failing() })).printed).toContain('unchanged');
  expect(github.comments).toHaveLength(251);
});

test.each([
  ['that was pushed to meanwhile', { ...pullRequest, sha: 'c'.repeat(40) }],
  ['of another repository with a branch of that name', { ...pullRequest, repository: 'another/fork' }],
])('nothing is said on a pull request %s', async (_title, other) => {
  const github = fakeGitHub([other]);
  expect(await speak(github, { comparison: failing() })).toMatchObject({
    exitCode: 0,
    printed: expect.stringContaining('nothing to say') as string,
  });
  expect(github.comments).toEqual([]);
});

test.each<[string, FakeTrouble]>([
  ['a server error', { status: 502 }],
  ['no answer', 'no-answer'],
  ['an error page', 'no-json'],
  ['a limit', { status: 429 }],
  ['a secondary limit', { status: 403, body: { message: 'You have exceeded a secondary rate limit.' } }],
])('%s is asked again, with ever longer waits', async (_title, trouble) => {
  const github = fakeGitHub([pullRequest]);
  github.troubles.push(trouble, trouble, null, trouble);
  const { exitCode, printed, waitedMs } = await speak(github, { comparison: failing() });
  expect(exitCode).toBe(0);
  expect(printed).toBe('Pull request 7: comment created\n');
  expect(waitedMs).toEqual([1_000, 2_000, 1_000]);
});

test('GitHub is given the time that it asks for', async () => {
  const github = fakeGitHub([pullRequest]);
  github.troubles.push({ status: 403, headers: { 'retry-after': '60' } });
  expect((await speak(github, { comparison: failing() })).waitedMs).toEqual([60_000]);
});

test('a comment whose creation went through without an answer is not doubled', async () => {
  const github = fakeGitHub([pullRequest]);
  github.troubles.push(null, null, 'lost-answer');
  expect((await speak(github, { comparison: failing() })).printed).toContain('comment unchanged');
  expect(github.comments).toHaveLength(1);
});

test.each<[string, FakeTrouble, number]>([
  ['is down', { status: 503 }, 5],
  ['can not be reached', 'no-answer', 5],
  ['refuses the token', { status: 401 }, 1],
  ['does not allow it', { status: 403, body: { message: 'Resource not accessible by integration' } }, 1],
  ['wants an hour', { status: 403, headers: { 'retry-after': '3600' } }, 1],
])('where GitHub %s there is a warning, and the exit code is 0', async (_title, trouble, tries) => {
  const github = fakeGitHub([pullRequest]);
  github.troubles.push(...Array.from({ length: 9 }, () => trouble));
  const { exitCode, printed } = await speak(github, { comparison: failing() });
  expect(exitCode).toBe(0);
  expect(printed).toMatch(/^::warning title=No comment::GET \/pulls .*The verdict stands/u);
  expect(github.asked).toHaveLength(tries);
});

const evil = '</details><img src=x onerror=alert(1)> @everyone [x](https://evil.example) \u001b]0;';

test.each<[string, unknown, RegExp]>([
  ['is missing', undefined, /left no comparison/u],
  ['is no JSON', `{${evil}`, /it is not JSON/u],
  ['is something else', { schema: evil }, /it is not a comparison/u],
  ['is larger than any comparison', `"${'x'.repeat(1_100_000)}"`, /larger than 1 MiB/u],
  [
    'claims what its numbers do not say',
    { ...failing(), verdict: 'pass' },
    /contradicts itself: its numbers say fail/u,
  ],
  [
    'is of another commit',
    { ...failing(), head: { ...failing().head, commit: 'd'.repeat(40) } },
    /another commit/u,
  ],
])('an artifact that %s is a warning, and never posted', async (_title, comparison, message) => {
  const github = fakeGitHub([pullRequest]);
  const { exitCode, printed } = await speak(github, { comparison });
  expect(exitCode).toBe(0);
  expect(printed).toMatch(message);
  expect(printed).toMatch(/^::warning title=No comment::[^\n]*\n$/u);
  expect(printed).not.toContain('\u001b');
  expect(github.asked).toEqual([]);
});

test('a link in an artifact is not followed', async () => {
  const folder = await temporaryDirectory();
  const real = join(folder, 'real.json');
  await writeFile(real, JSON.stringify(failing()));
  await symlink(real, join(folder, 'link.json'));
  const { readUntrustedComparison } = await import('./read-untrusted-comparison.ts');
  expect(await readUntrustedComparison(join(folder, 'link.json'))).toMatchObject({ outcome: 'unusable' });
  expect(await readUntrustedComparison(folder)).toEqual({ outcome: 'unusable', reason: 'it is no file' });
  expect(await readUntrustedComparison(real)).toMatchObject({ outcome: 'read' });
});

test('text of an artifact never reaches the comment', async () => {
  const github = fakeGitHub([pullRequest]);
  const first = failing();
  const comparison = {
    ...first,
    notices: [evil],
    command: evil,
    metrics: first.metrics.map((metric) => ({ ...metric, title: evil, sentence: evil })),
    head: { ...first.head, label: evil },
  };
  await speak(github, { comparison });
  expect(github.comments[0]?.body).toContain('FAIL connect p50');
  expect(github.comments[0]?.body).not.toMatch(/evil|onerror|everyone/u);
});

test.each<[string, () => Comparison, string, string]>([
  ['the first one fails', failing, '**FAIL', 'The second comparison left no result'],
  ['the first one passes', () => comparisonOf(makeBlocks(12, 1)), '**PASS', '[The run]'],
])('the confirmation of an earlier attempt is left aside: %s', async (_title, first, headline, text) => {
  const github = fakeGitHub([pullRequest]);
  const confirms = { ...failing(), sessionId: 'another' };
  const { printed } = await speak(github, {
    comparison: first(),
    confirmation: comparisonOf(makeBlocks(12, 1), { confirms }),
  });
  expect(printed).toContain('The confirmation belongs to another comparison');
  expect(github.comments[0]?.body).toContain(headline);
  expect(github.comments[0]?.body).toContain(text);
  expect(github.comments[0]?.body).not.toContain('CONFIRMED');
});

test('a confirmation of something else than failed is left aside', async () => {
  const github = fakeGitHub([pullRequest]);
  const first = failing();
  const honest = comparisonOf(makeBlocks(12, 1), { confirms: first });
  const confirms = {
    ...first,
    sessionId: first.sessionId,
    seed: 1,
    failed: ['messages'],
    isConfirmed: false,
  };
  const { printed } = await speak(github, { comparison: first, confirmation: { ...honest, confirms } });
  expect(printed).toContain('The confirmation belongs to another comparison');
});

test.each([
  ['a token', { GITHUB_TOKEN: '' }, /GITHUB_TOKEN is not set/u],
  ['a repository', { GITHUB_REPOSITORY: '../..' }, /GITHUB_REPOSITORY is/u],
  ['the event', { GITHUB_EVENT_PATH: '/dev/null' }, /GITHUB_EVENT_PATH is/u],
])('without %s it is wrong usage', async (_title, environment, message) => {
  const { exitCode, printed } = await speak(fakeGitHub([]), { comparison: failing() }, environment);
  expect(exitCode).toBe(2);
  expect(printed).toMatch(message);
});
