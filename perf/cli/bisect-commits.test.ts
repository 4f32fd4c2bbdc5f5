import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { TargetError } from '../../fixtures/targets/index.ts';
import { CompareError } from '../compare/compare-error.ts';
import type { CompareRequest } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from '../compare/testing/make-block.ts';
import { makeRepository, type TestRepository } from '../compare/testing/make-repository.ts';
import { Terminal } from '../reports/terminal.ts';
import { bisectCommits, type Bisection } from './bisect-commits.ts';
import { readComparisonPlan } from './read-comparison.ts';

const outcomes = {
  pass: () => comparisonOf(makeBlocks(12, 1)),
  fail: () => comparisonOf(makeBlocks(12, 1.1)),
  unclear: () => comparisonOf(makeUnclearBlocks(28)),
} as const;
const notBuilt = new TargetError('IMAGE_BUILD_FAILED', 'it can not be bundled');

type Outcome = keyof typeof outcomes | Error;

interface Searched extends Bisection {
  readonly printed: string;
  /** What was compared with the good commit, in order. */
  readonly tried: readonly string[];
  readonly seeds: readonly number[];
}

const redact = (text: string): string => text;

/** Searches as the command does, but for the gates: what each would say is given. */
const search = async (
  { root }: TestRepository,
  range: string,
  says: (commit: string) => Outcome,
  strict: { readonly strict?: true } = {},
): Promise<Searched> => {
  const reading = await readComparisonPlan({ bisect: range, seed: '7', ...strict }, {}, root);
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join());
  const printed: string[] = [];
  const tried: string[] = [];
  const seeds: number[] = [];
  const compare = ({ opponents, seed }: CompareRequest): Promise<Comparison> => {
    const commit = opponents.kind === 'commits' ? (opponents.head ?? '') : '';
    tried.push(commit);
    seeds.push(seed);
    const outcome = says(commit);
    return outcome instanceof Error ? Promise.reject(outcome) : Promise.resolve(outcomes[outcome]());
  };
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      printed.push(chunk.toString('utf8'));
      done();
    },
  });
  const context = {
    plan: reading.plan,
    terminal: new Terminal(stream, { redact, mayRedraw: false }),
    redact,
    signal: new AbortController().signal,
    onBlock: () => undefined,
    disarmed: null,
  };
  const found = await bisectCommits(range, context, compare);
  return { ...found, printed: printed.join(''), tried, seeds };
};

const server = 'reference-server/main.ts';

/** A good commit and `count` that follow it, each of which changes the server. */
const linear = async (
  count: number,
): Promise<{ readonly repository: TestRepository; readonly good: string; readonly commits: string[] }> => {
  const repository = await makeRepository();
  const good = await repository.commit({ [server]: 'good' });
  const commits: string[] = [];
  for (let index = 0; index < count; index += 1)
    commits.push(await repository.commit({ [server]: String(index) }));
  return { repository, good, commits };
};

const withoutIds = (text: string): string =>
  text.replaceAll(/\b[0-9a-f]{7,40}\b/gu, 'ID').replaceAll(/\d{4}-\d{2}-\d{2}/gu, 'DAY');

it('names the commit, each step compared with the good one by another seed, with exit code 1', async () => {
  const { repository, good, commits } = await linear(5);
  const found = await search(repository, `${good}..main`, (commit) =>
    commits.indexOf(commit) >= 3 ? 'fail' : 'pass',
  );
  expect(found.sentence).toMatch(new RegExp(`^FOUND: ${commits[3]?.slice(0, 7) ?? ''}`, 'u'));
  expect(withoutIds(found.sentence)).toMatchInlineSnapshot(
    `"FOUND: ID (Test, DAY) change is the first commit that fails against the good one."`,
  );
  expect(found.exitCode).toBe(1);
  expect(found.tried[0]).toBe(commits.at(-1));
  expect(found.seeds).toEqual(found.tried.map((_commit, step) => 7 + step));
});

it.each([
  ['can not be built', notBuilt, /Passed over, since it can not be measured: it can not be bundled/u],
  ['has no server', new CompareError('NO_REFERENCE_SERVER', 'there is none'), /Passed over/u],
  ['gives no clear verdict', 'unclear', /INCONCLUSIVE connect p50/u],
] as const)('a commit that %s is passed over for its neighbours', async (_what, outcome, line) => {
  const { repository, good, commits } = await linear(5);
  const found = await search(repository, `${good}..main`, (commit) => {
    const index = commits.indexOf(commit);
    if (index === 2) return outcome;
    return index >= 2 ? 'fail' : 'pass';
  });
  expect(found.printed).toMatch(line);
  expect(withoutIds(found.sentence)).toBe(
    `NARROWED: it is one of ID (Test, DAY) change; ID (Test, DAY) change. Between them no clear verdict was to be had.`,
  );
  expect(found.sentence).toContain(commits[2]?.slice(0, 7));
  expect(found.sentence).toContain(commits[3]?.slice(0, 7));
  expect(found.exitCode).toBe(1);
});

it('a commit that can not be built and is not where it began hides nothing', async () => {
  const { repository, good, commits } = await linear(6);
  const found = await search(repository, `${good}..main`, (commit) => {
    const index = commits.indexOf(commit);
    if (index === 2) return notBuilt;
    return index >= 4 ? 'fail' : 'pass';
  });
  expect(found.sentence).toMatch(new RegExp(`^FOUND: ${commits[4]?.slice(0, 7) ?? ''}`, 'u'));
});

it('a bad commit that can not be built is an error: there is nothing to find', async () => {
  const { repository, good } = await linear(3);
  await expect(search(repository, `${good}..main`, () => notBuilt)).rejects.toBe(notBuilt);
});

it.each([
  ['goes wrong beside the servers', new Error('the agent died')],
  ['could not be removed', new TargetError('TARGET_NOT_REMOVED', 'the engine is gone')],
] as const)('what %s ends the search', async (_what, lost) => {
  const { repository, good, commits } = await linear(3);
  const searching = search(repository, `${good}..main`, (commit) =>
    commit === commits.at(-1) ? 'fail' : lost,
  );
  await expect(searching).rejects.toBe(lost);
});

it.each([
  ['pass', {}, 0],
  ['unclear', {}, 0],
  ['unclear', { strict: true }, 3],
] as const)(
  'where the bad commit gives %s with %j the exit code is %d',
  async (outcome, strict, exitCode) => {
    const { repository, good } = await linear(3);
    const found = await search(repository, `${good}..main`, () => outcome, strict);
    expect(found).toMatchObject({ exitCode, tried: { length: 1 } });
    expect(found.sentence).toMatch(
      outcome === 'pass' ? /^NOT FOUND: .* passes against/u : /^INCONCLUSIVE: /u,
    );
  },
);

it('a merge counts as one commit, and where it is the culprit it is said how to look into it', async () => {
  const repository = await makeRepository();
  const { git, commit } = repository;
  const good = await commit({ [server]: 'good' });
  git('switch', '--quiet', '--create', 'topic');
  await commit({ 'reference-server/other.ts': '1' });
  const brought = await commit({ 'reference-server/other.ts': '2' });
  git('switch', '--quiet', 'main');
  const before = await commit({ [server]: 'before' });
  git('merge', '--quiet', '--no-ff', '--message', 'Merge topic', 'topic');
  const merge = git('rev-parse', 'HEAD');
  const after = await commit({ [server]: 'after' });
  const found = await search(repository, `${good}..main`, (one) => (one === before ? 'pass' : 'fail'));
  expect(found.tried).toEqual([after, before, merge]);
  expect(found.sentence).toContain('Merge topic');
  expect(found.sentence).toMatch(
    new RegExp(`It is a merge\\. .*--bisect ${good.slice(0, 10)}\\.\\.${brought.slice(0, 10)}$`, 'u'),
  );
});
