import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exitCodes } from './cli/exit-code.ts';
import { runCommand } from './cli/testing/run-command.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** A busy machine makes some runs inconclusive; they say nothing about the server and are repeated. */
const mostTries = 20;

const judgedRuns = async (runs: number, options: readonly string[] = []) => {
  const judged: { readonly exitCode: number | null; readonly stdout: string }[] = [];
  for (let count = 0; count < mostTries && judged.length < runs; count += 1) {
    const command = ['run', 'overload', '--target', 'process', ...options];
    const { exitCode, stdout } = await runCommand(command, { cwd: root });
    if (exitCode !== exitCodes.inconclusive) judged.push({ exitCode, stdout });
  }
  expect(judged).toHaveLength(runs);
  return judged;
};

test('a protected server keeps its promise on overload ten times in a row', async () => {
  const judged = await judgedRuns(10);
  expect(judged.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
});

test('the promise on overload is broken by a server that lets everybody in', async () => {
  const [run] = await judgedRuns(1, ['--server-env', 'MAX_CONNECTIONS=100000']);
  expect(run?.exitCode).toBe(exitCodes.broken);
  const said = run?.stdout.replaceAll(/\s+/gu, ' ');
  expect(said).toContain('Promise broken: success rate ≤ 33.3 %');
  expect(said).toContain('observed 100.0 %');
});
