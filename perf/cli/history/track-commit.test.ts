import { expect, test } from 'vitest';
import { TargetError } from '../../../fixtures/targets/index.ts';
import { CompareError } from '../../compare/compare-error.ts';
import { makeBlocks, makeUnclearBlocks } from '../../compare/testing/make-block.ts';
import type { MeasuredBlock } from '../../compare/run-block.ts';
import {
  makeHub,
  keepRecords,
  pathsOnBranch,
  runGit,
  type Hub,
} from '../../tracking/history/testing/make-clones.ts';
import { madeUpSha, makeComparisonRecord } from '../../tracking/history/testing/make-history-record.ts';
import type { AskedComparison } from './measure-commits.ts';
import { runPush } from './store-actions.ts';
import { pretendToMeasure } from './testing/pretend-to-measure.ts';
import { settingsOf } from './testing/settings-of.ts';
import { trackCommit } from './track-commit.ts';

const environment = { PERF_RUNNER_CLASS: 'made up' };
const wobble = (index: number): number => ((index * 7) % 11) / 2_000;

/** A clone with a tag for the reference, and a history in which the newest commits are 8 % slower. */
const cloneWithStep = async (hub: Hub): Promise<string> => {
  const root = await hub.clone('runner');
  const referenceSha = await runGit(root, 'rev-parse', 'HEAD^');
  await runGit(root, 'tag', 'perf-reference-1', referenceSha);
  const records = Array.from({ length: 26 }, (_, index) =>
    makeComparisonRecord({ index, referenceSha }, (index < 20 ? 0 : 0.08) + wobble(index)),
  );
  keepRecords(root, records);
  await runPush(settingsOf(root), root);
  return root;
};

/** A commit that is neither checked out nor its parent. */
const orphan = (root: string): Promise<string> =>
  runGit(
    root,
    '-c',
    'user.name=S',
    '-c',
    'user.email=s@localhost',
    'commit-tree',
    'HEAD^{tree}',
    '-m',
    'another',
  );

interface Tracked {
  readonly exitCode: number;
  readonly said: string;
  readonly asked: readonly AskedComparison[];
  readonly bisected: readonly string[];
}

const track = async (
  root: string,
  confirmation: readonly MeasuredBlock[] | CompareError,
  unbuildable: readonly string[] = [],
): Promise<Tracked> => {
  const said: string[] = [];
  const bisected: string[] = [];
  const { measure, asked } = pretendToMeasure(root, environment, ({ base, forChange }) => {
    if (unbuildable.includes(base)) throw new TargetError('IMAGE_BUILD_FAILED', 'it can not be bundled');
    if (forChange === null) return makeBlocks(12, 1.08);
    if (confirmation instanceof CompareError) throw confirmation;
    return confirmation;
  });
  const exitCode = await trackCommit({
    root,
    settings: settingsOf(root),
    measure,
    bisect: (range, metrics) => {
      bisected.push(`${range} by ${metrics.join()}`);
      return Promise.resolve('FOUND: it was me');
    },
    say: (lines) => said.push(...lines),
  });
  return { exitCode, said: said.join('\n'), asked, bisected };
};

test('a commit is measured against its parent and against the reference, each once, and shared', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  const parent = await runGit(root, 'rev-parse', 'HEAD^');
  expect(await track(root, [])).toMatchObject({
    exitCode: 0,
    asked: [{ base: parent, gate: [], forChange: null }],
    said: expect.stringContaining('No tag for the reference is here') as string,
  });
  await runGit(root, 'tag', 'perf-reference-1', parent);
  expect((await track(root, [])).asked).toHaveLength(1);
  expect(await pathsOnBranch(hub)).toHaveLength(2);
});

test('a step that the next comparison confirms is an alert once, and its commit is searched', async () => {
  const hub = await makeHub();
  const root = await cloneWithStep(hub);
  const head = await runGit(root, 'rev-parse', 'HEAD');
  const first = await track(root, makeBlocks(12, 1.08));
  const firstBad = madeUpSha(21);
  expect(first.asked.at(-1)).toEqual({ base: madeUpSha(19), gate: ['connect'], forChange: firstBad });
  expect(first.said).toContain(`ALERT connect p50`);
  expect(first.bisected).toEqual([`${madeUpSha(19)}..${head} by connect`]);
  // What is said becomes the job's summary, and its last lines the annotation.
  expect(first.said).toMatch(/FOUND: it was me\nA slowdown is confirmed[^\n]*$/u);
  expect(first.exitCode).toBe(1);

  await runGit(
    root,
    '-c',
    'user.name=S',
    '-c',
    'user.email=s@localhost',
    'commit',
    '-q',
    '--allow-empty',
    '-m',
    'x',
  );
  const next = await track(root, makeBlocks(12, 1.08));
  expect(next.asked.every(({ forChange }) => forChange === null)).toBe(true);
  expect(next.said).toContain('confirmed before is still there');
  expect(next).toMatchObject({ exitCode: 0, bisected: [] });
});

test.each([
  ['does not find', makeBlocks(12, 1), 'REFUTED'],
  ['can not tell', makeUnclearBlocks(28), 'CANDIDATE'],
])('a step that the next comparison %s is no alert', async (_title, confirmation, state) => {
  const root = await cloneWithStep(await makeHub());
  const { exitCode, said, bisected } = await track(root, confirmation);
  expect(said).toContain(`${state} connect p50`);
  expect({ exitCode, bisected }).toEqual({ exitCode: 0, bisected: [] });
});

test('a comparison that can not tell is made three times, with as many pushes, and no fourth time', async () => {
  const root = await cloneWithStep(await makeHub());
  const confirmations: number[] = [];
  let last = '';
  for (let push = 1; push <= 4; push += 1) {
    const { asked, said, exitCode } = await track(root, makeUnclearBlocks(28));
    confirmations.push(asked.filter(({ forChange }) => forChange !== null).length);
    expect(exitCode).toBe(0);
    last = said;
  }
  expect(confirmations).toEqual([1, 1, 1, 0]);
  expect(last).toMatch(/UNCLEAR connect p50: .* Three paired comparisons could not tell/u);
  expect(last).toContain('Confirm at');
});

test('a step whose commits are gone stays a candidate, and fails no push', async () => {
  const root = await cloneWithStep(await makeHub());
  const gone = new CompareError('COMMIT_UNKNOWN', 'gone');
  const { exitCode, said, bisected } = await track(root, gone);
  expect(said).toContain('can not be compared: gone');
  expect(said).toContain('CANDIDATE connect p50');
  expect({ exitCode, bisected }).toEqual({ exitCode: 0, bisected: [] });
});

test('what was measured before the other base went wrong is shared', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  await runGit(root, 'tag', 'perf-reference-1', await orphan(root));
  const { measure, asked } = pretendToMeasure(root, environment, () => makeBlocks(12, 1));
  const tracked = trackCommit({
    root,
    settings: settingsOf(root),
    measure: (one) => (asked.length === 1 ? Promise.reject(new Error('no server')) : measure(one)),
    bisect: () => Promise.resolve(''),
    say: () => undefined,
  });
  await expect(tracked).rejects.toThrow('no server');
  expect(await pathsOnBranch(hub)).toHaveLength(1);
});

test('a parent whose server can not be built is said, and the reference is measured all the same', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  const parent = await runGit(root, 'rev-parse', 'HEAD^');
  const reference = await orphan(root);
  await runGit(root, 'tag', 'perf-reference-1', reference);
  const { exitCode, said, asked } = await track(root, [], [parent]);
  expect(asked.map(({ base }) => base)).toEqual([parent, reference]);
  expect(said).toContain('NOT MEASURED against the parent: it can not be bundled (IMAGE_BUILD_FAILED)');
  expect(exitCode).toBe(0);
  expect(await pathsOnBranch(hub)).toHaveLength(1);
});

test('a reference whose server can not be built ends with 2, what was measured against the parent is shared', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  const reference = await orphan(root);
  await runGit(root, 'tag', 'perf-reference-1', reference);
  const { exitCode, said } = await track(root, [], [reference]);
  expect(said).toContain('NOT MEASURED against the reference perf-reference-1');
  expect(exitCode).toBe(2);
  expect(await pathsOnBranch(hub)).toHaveLength(1);
});

test('a parent whose servers could not be removed is the error: the reference needs the same engine', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  await runGit(root, 'tag', 'perf-reference-1', await orphan(root));
  const left = new TargetError('TARGET_NOT_REMOVED', 'the engine is gone');
  const { measure, asked } = pretendToMeasure(root, environment, () => {
    throw left;
  });
  const tracked = trackCommit({
    root,
    settings: settingsOf(root),
    measure,
    bisect: () => Promise.resolve(''),
    say: () => undefined,
  });
  await expect(tracked).rejects.toBe(left);
  expect(asked).toHaveLength(1);
});

test('where neither can be measured that is the error', async () => {
  const root = await (await makeHub()).clone('runner');
  const parent = await runGit(root, 'rev-parse', 'HEAD^');
  await expect(track(root, [], [parent])).rejects.toMatchObject({ code: 'IMAGE_BUILD_FAILED' });
});

test('a work tree with changes is not tracked', async () => {
  const hub = await makeHub();
  const root = await hub.clone('runner');
  await runGit(root, 'rm', '--quiet', 'package.json');
  expect(await track(root, [])).toMatchObject({ exitCode: 2, asked: [] });
});
