import { fileURLToPath } from 'node:url';
import { runCommand, type CommandResult } from './run-command.ts';
import { runUntilConclusive } from './run-until-conclusive.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Runs one of this repository's scenarios on servers that are child processes, with these variables in their environment,
 * until it is conclusive. What it printed is on one line, so that a wrapped sentence is still found.
 */
export const runScenario = async (
  name: string,
  serverEnvironment: readonly string[],
): Promise<Pick<CommandResult, 'exitCode' | 'stdout'>> => {
  const given = serverEnvironment.flatMap((assignment) => ['--server-env', assignment]);
  const { exitCode, stdout } = await runUntilConclusive(() =>
    runCommand(['run', name, '--target', 'process', ...given], { cwd: root }),
  );
  return { exitCode, stdout: stdout.replaceAll(/\s+/gu, ' ') };
};
