import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readComparison } from '../compare/comparison-file.ts';
import { plainServerCommand } from '../compare/testing/plain-contestant.ts';
import { runCommand } from './testing/run-command.ts';

it('two commands are compared, the slower one fails with exit code 1, and everything is written', async () => {
  const cwd = await mkdtemp(join(tmpdir(), 'ws-perf-gate-test-'));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  const json = join(cwd, 'comparison.json');
  const { exitCode, stdout, stderr } = await runCommand(
    [
      'compare',
      '--base-command',
      plainServerCommand,
      '--head-command',
      `BURN_MS=1 ${plainServerCommand}`,
      '--gate',
      'connect',
      '--seed',
      '7',
      '--json',
      json,
    ],
    { cwd },
  );
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^seed {2}7$/mu);
  expect(stdout).toMatch(/^block 8 of at most 20 · connect p50 \+/mu);
  expect(stdout).toMatch(/^FAIL connect p50: .* slower .*--seed 7 --gate connect$/mu);
  expect(exitCode).toBe(1);
  const reading = await readComparison(json);
  expect(reading).toMatchObject({ outcome: 'read', comparison: { verdict: 'fail', blocks: 8, seed: 7 } });
});
