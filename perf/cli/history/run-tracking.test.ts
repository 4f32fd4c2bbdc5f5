import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../../fixtures/targets/testing/target-request.ts';
import { standardErrorOf } from '../testing/standard-error-of.ts';
import { runSelfCheck, runTrack } from './run-tracking.ts';

test('everything that is wrong with what was typed is said at once, and none of it as a commit that is unknown', async () => {
  const root = await temporaryDirectory();
  const tracking = await standardErrorOf(() => runTrack({ target: 'moon' }, {}, root));
  const line = '--target is "moon", but must be one of auto, containers, process, external.\n';
  expect(tracking).toEqual({ exitCode: 2, problems: [`ws-perf-gate: ${line}`] });
  const checking = await standardErrorOf(() => runSelfCheck({ target: 'moon', gates: '0' }, {}, root));
  expect(checking.exitCode).toBe(2);
  expect(checking.problems).toHaveLength(2);
  expect(checking.problems[0]).toContain('--gates is "0"');
  expect(checking.problems[1]).toContain(line);
});

test('what the history could not keep is refused before it is measured', async () => {
  const root = await temporaryDirectory();
  await mkdir(join(root, '.perf'));
  for (const folder of ['comparisons', 'history']) await writeFile(join(root, '.perf', folder), '');
  const { exitCode, problems } = await standardErrorOf(() => runTrack({}, {}, root));
  expect(exitCode).toBe(2);
  expect(problems).toHaveLength(2);
  expect(problems[0]).toMatch(/Records can not be written to .*comparisons: .* Nothing was measured\./u);
  expect(problems[1]).toMatch(/Records can not be written to .*history: .* Nothing was measured\./u);
});
