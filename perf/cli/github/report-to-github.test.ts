import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeBlocks, makeUnclearBlocks } from '../../compare/testing/make-block.ts';
import { reportToGitHub } from './report-to-github.ts';

it('a step of GitHub Actions gets a summary, outputs that jobs decide by, and an annotation', async () => {
  const folder = await temporaryDirectory();
  const environment = {
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'outputs'),
  };
  const comparison = comparisonOf(makeBlocks(12, 1.1), { isFirstOfTwo: true });
  const lines = await reportToGitHub(comparison, environment);
  expect(await readFile(environment.GITHUB_STEP_SUMMARY, 'utf8')).toContain('FAIL: head is worse than base.');
  expect(await readFile(environment.GITHUB_OUTPUT, 'utf8')).toBe(
    `verdict=fail\nneeds-confirmation=true\nbase=${'a'.repeat(40)}\n`,
  );
  expect(lines).toEqual([
    expect.stringMatching(/^::warning title=WebSocket performance gate::FAIL: .*%0AFAIL connect/u),
  ]);
});

it('a summary that can not be written is a warning, and the outputs are written all the same', async () => {
  const folder = await temporaryDirectory();
  const environment = {
    GITHUB_STEP_SUMMARY: join(folder, 'missing', 'summary.md'),
    GITHUB_OUTPUT: join(folder, 'outputs'),
  };
  const lines = await reportToGitHub(comparisonOf(makeBlocks(12, 1)), environment);
  expect(lines).toEqual([expect.stringMatching(/^::warning title=No job summary::.*ENOENT/u)]);
  expect(await readFile(environment.GITHUB_OUTPUT, 'utf8')).toContain('verdict=pass\n');
});

it('elsewhere nothing is written and nothing printed', async () => {
  expect(await reportToGitHub(comparisonOf(makeBlocks(12, 1.1)), {})).toEqual([]);
});

it.each([
  ['a failure is an error', makeBlocks(12, 1.1), '::error'],
  ['inconclusive is a warning', makeUnclearBlocks(28), '::warning'],
])('%s', async (_title, blocks, command) => {
  const [line] = await reportToGitHub(comparisonOf(blocks), { GITHUB_ACTIONS: 'true' });
  expect(line).toMatch(new RegExp(`^${command} `, 'u'));
});

it('a pass is no annotation', async () => {
  expect(await reportToGitHub(comparisonOf(makeBlocks(12, 1)), { GITHUB_ACTIONS: 'true' })).toEqual([]);
});
