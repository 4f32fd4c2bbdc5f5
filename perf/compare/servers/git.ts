import { describeGitFailure, printedByGit, spawnGit, type GitResult } from '../../git/spawn-git.ts';
import { CompareError } from '../compare-error.ts';

const run = async (directory: string, given: readonly string[]): Promise<GitResult> => {
  const result = await spawnGit(given, { cwd: directory });
  if (result !== null) return result;
  throw new CompareError(
    'NOT_A_REPOSITORY',
    'Commits can only be compared where git is installed. Install git, or compare --base-image, --base-url or --base-command.',
  );
};

/** Runs git in a folder and returns what it printed, without the last line break; rejects with git's own words. */
export const git = async (directory: string, ...given: readonly string[]): Promise<string> => {
  const result = await run(directory, given);
  if (result.exitCode !== 0) throw new Error(describeGitFailure(given, result));
  return printedByGit(result);
};

/** What git printed, or null where it refused. */
export const gitOrNull = async (directory: string, ...given: readonly string[]): Promise<string | null> => {
  const result = await run(directory, given);
  return result.exitCode === 0 ? printedByGit(result) : null;
};
