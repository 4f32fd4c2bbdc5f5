import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { readFilter } from './read-filter.ts';
import { readHistorySettings } from './read-history-settings.ts';

const projectOf = async (text: string): Promise<string> => {
  const folder = await temporaryDirectory();
  await writeFile(join(folder, 'package.json'), text);
  return folder;
};

test('the command line goes before package.json, and that before the defaults', async () => {
  const root = await projectOf('{"ws-perf-gate":{"history":{"branch":"timings","keepDays":7}}}');
  const problems: string[] = [];
  expect(await readHistorySettings({ keepPerMonth: '2' }, root, problems)).toEqual({
    history: { cwd: root, remote: 'origin', branch: 'timings' },
    policy: { keepDays: 7, keepPerMonth: 2 },
    pushPolicy: { keepDays: 7, keepPerMonth: 30 },
  });
  expect(await readHistorySettings({ remote: 'other', branch: 'b' }, root, problems)).toMatchObject({
    history: { remote: 'other', branch: 'b' },
  });
  expect(problems).toEqual([]);
});

test('nothing is pruned by a push unless package.json says what is kept', async () => {
  const { policy, pushPolicy } = await readHistorySettings({}, await temporaryDirectory(), []);
  expect(policy).toEqual({ keepDays: 90, keepPerMonth: 30 });
  expect(pushPolicy).toBeNull();
});

test.each([
  [
    '{"ws-perf-gate":{"history":{"keepDay":1}}}',
    /can not be used: .*keepDay.*It takes remote, branch, reference, keepDays and/u,
  ],
  ['{"ws-perf-gate":{"history":{"keepDays":-1}}}', /can not be used: keepDays /u],
  ['{"ws-perf-gate":{"history":[]}}', /can not be used: /u],
  ['{"ws-perf-gate":{"history":{"reference":"-x"}}}', /reference must be the name of a tag, or a pattern/u],
  ['{', /package\.json is no JSON/u],
])('the package.json %s is one problem', async (text, problem) => {
  const problems: string[] = [];
  await readHistorySettings({}, await projectOf(text), problems);
  expect(problems).toEqual([expect.stringMatching(problem)]);
});

test('days and runs that are none are a problem each', async () => {
  const problems: string[] = [];
  await readHistorySettings({ keepDays: '-1', keepPerMonth: 'x' }, await temporaryDirectory(), problems);
  expect(problems).toEqual([
    expect.stringContaining('--keep-days is "-1"'),
    expect.stringContaining('--keep-per-month is "x"'),
  ]);
});

test('a filter that can not be is one problem for each part of it', () => {
  const problems: string[] = [];
  readFilter({ kind: 'x', since: 'monday', commit: 'HEAD' }, problems);
  expect(problems).toEqual([
    expect.stringContaining('--kind is "x", but must be one of scenarios, comparison'),
    expect.stringContaining('--since is "monday"'),
    expect.stringContaining('--commit is "HEAD"'),
  ]);
});
