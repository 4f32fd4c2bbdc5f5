import { fileURLToPath } from 'node:url';
import { runCommand, type CommandResult } from './run-command.ts';
import { runUntilConclusive } from './run-until-conclusive.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** How a run of one scenario ended. */
export interface RunScenario extends Pick<CommandResult, 'exitCode' | 'stdout'> {
  /** What it printed, on one line: a sentence that was wrapped is found. */
  readonly told: string;
}

/**
 * Runs one of this repository's scenarios on servers that are child processes, with these variables in their environment and
 * these options of the command, until it is conclusive.
 */
export const runScenario = async (
  name: string,
  serverEnvironment: readonly string[],
  options: readonly string[] = [],
): Promise<RunScenario> => {
  const given = serverEnvironment.flatMap((assignment) => ['--server-env', assignment]);
  const { exitCode, stdout } = await runUntilConclusive(() =>
    runCommand(['run', name, '--target', 'process', ...given, ...options], { cwd: root }),
  );
  return { exitCode, stdout, told: stdout.replaceAll(/\s+/gu, ' ') };
};
