import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeBlocks } from '../../compare/testing/make-block.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { readHistory } from '../../tracking/history/read-history.ts';
import { makeHub, runGit } from '../../tracking/history/testing/make-clones.ts';
import { keepComparison } from './keep-comparison.ts';

const clone = async (): Promise<string> => (await makeHub()).clone('here');

const between = (base: string, head: string | null): Comparison => {
  const comparison = comparisonOf(makeBlocks(12, 1.1));
  return {
    ...comparison,
    base: { ...comparison.base, commit: base },
    head: { ...comparison.head, commit: head },
  };
};

test.each([
  ['parent', 'HEAD^', null],
  ['reference', 'HEAD^', 'perf-reference-1'],
])('a comparison with the %s leaves a record of its blocks and verdicts', async (role, revision, tag) => {
  const root = await clone();
  if (tag !== null) await runGit(root, 'tag', tag, revision);
  const base = await runGit(root, 'rev-parse', revision);
  const head = await runGit(root, 'rev-parse', 'HEAD');
  expect(await keepComparison(between(base, head), { root, environment: {} })).toMatchObject({
    outcome: 'kept',
  });
  const { records, unreadable } = await readHistory(historyDirectory(root));
  expect(unreadable).toEqual([]);
  expect(records).toMatchObject([
    { kind: 'comparison', base: { sha: base, role }, commit: { sha: head }, seed: '42', verdict: 'fail' },
  ]);
  const [record] = records;
  const metrics = record?.kind === 'comparison' ? record.metrics : [];
  expect(metrics.find(({ name }) => name === 'connect')).toMatchObject({
    isGated: true,
    verdict: 'fail',
    base: { count: 240, p50: 1, p99: 1 },
    head: { count: 240 },
  });
  expect(metrics.find(({ name }) => name === 'server-cpu')).toMatchObject({ base: null, head: null });
});

test('of a commit that is not checked out nothing is left', async () => {
  const root = await clone();
  const base = await runGit(root, 'rev-parse', 'HEAD^');
  expect(await keepComparison(between(base, base), { root, environment: {} })).toEqual({ outcome: 'none' });
});

test('what goes wrong is an answer with its reason, and never an exception', async () => {
  const root = await clone();
  await writeFile(join(root, '.perf'), 'a file where the folder should be');
  const head = await runGit(root, 'rev-parse', 'HEAD');
  expect(await keepComparison(between(head, head), { root, environment: {} })).toMatchObject({
    outcome: 'failed',
  });
});
