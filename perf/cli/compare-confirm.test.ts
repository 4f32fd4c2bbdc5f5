import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { comparisonOf } from '../compare/testing/comparison-of.ts';
import { makeBlocks } from '../compare/testing/make-block.ts';
import { exitCodes } from './exit-code.ts';
import { runCommand } from './testing/run-command.ts';

it('a confirmation of another pair is refused in one line, before anything is started', async () => {
  const cwd = await temporaryDirectory();
  const confirm = join(cwd, 'first.json');
  await writeFile(confirm, JSON.stringify(comparisonOf(makeBlocks(12, 1.1))));
  const { exitCode, stdout, stderr } = await runCommand(
    ['compare', '--base-command', 'touch started', '--head-command', 'touch started', '--confirm', confirm],
    { cwd },
  );
  expect(stderr).toMatch(
    /^ws-perf-gate: --confirm holds a comparison whose base is .* Give both servers as .* \(OTHER_COMPARISON\)\n$/u,
  );
  expect(stdout).not.toContain('block');
  expect(exitCode).toBe(exitCodes.notMeasured);
});
