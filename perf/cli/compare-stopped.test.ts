import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../../fixtures/targets/testing/target-request.ts';
import { makeRepository } from '../compare/testing/make-repository.ts';
import { plainServerCommand } from '../compare/testing/plain-contestant.ts';
import { exitCodes } from './exit-code.ts';
import { runCommand } from './testing/run-command.ts';

it('a comparison that is stopped shows the intervals that it had, and claims no verdict', async () => {
  const { exitCode, stdout } = await runCommand(
    [
      'compare',
      '--base-command',
      plainServerCommand,
      '--head-command',
      plainServerCommand,
      '--gate',
      'connect',
    ],
    { cwd: await temporaryDirectory(), interruptedAt: /^block 1 /mu },
  );
  expect(stdout).toMatch(
    /Stopping … partial results follow.*\nblock 1 of at most 20 · connect p50 .*\nStopped before a verdict: /u,
  );
  expect(stdout).not.toMatch(/^(?:PASS|FAIL|INCONCLUSIVE)/mu);
  expect(exitCode).toBe(exitCodes.interrupted);
});

it('a comparison that is stopped while it builds leaves no work tree and no folder behind', async () => {
  const { root, commit, git } = await makeRepository();
  const files = { 'reference-server/Dockerfile': 'FROM scratch\n', 'package.json': '{"type":"module"}' };
  const base = await commit({ ...files, 'reference-server/main.ts': 'process.exit(0);' });
  await commit({ 'reference-server/main.ts': 'process.exit(1);' });
  const temporary = await temporaryDirectory();
  const { exitCode, stdout } = await runCommand(['compare', '--base', base, '--target', 'process'], {
    cwd: root,
    environment: { TMPDIR: temporary },
    interruptedAt: /building the server of/u,
  });
  expect(stdout).toMatch(/Stopped before the first block was over: nothing was measured\.\n$/u);
  expect(exitCode).toBe(exitCodes.interrupted);
  expect(git('worktree', 'list').split('\n')).toHaveLength(1);
  expect((await readdir(temporary)).filter((name) => name.startsWith('ws-perf-gate'))).toEqual([]);
});
