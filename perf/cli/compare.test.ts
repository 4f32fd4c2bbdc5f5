import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { runCompare } from './compare.ts';
import { readComparisonPlan } from './read-comparison.ts';
import { standardErrorOf } from './testing/standard-error-of.ts';

test('a comparison that could not be kept is refused before it is measured', async () => {
  const root = await temporaryDirectory();
  await mkdir(join(root, '.perf'));
  await writeFile(join(root, '.perf', 'comparisons'), '');
  const url = 'http://127.0.0.1:9';
  const reading = await readComparisonPlan({ baseUrl: url, headUrl: url }, {}, root);
  if (reading.outcome === 'invalid') throw new Error(reading.problems.join(' '));
  const { exitCode, problems } = await standardErrorOf(() => runCompare(reading.plan, {}));
  expect(exitCode).toBe(2);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/Records can not be written to .*comparisons: .* Nothing was measured\./u);
});
