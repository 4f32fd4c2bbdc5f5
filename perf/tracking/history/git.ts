import {
  describeGitFailure,
  printedByGit,
  spawnGit,
  type GitOptions,
  type GitResult,
} from '../../git/spawn-git.ts';
import { HistoryError } from './history-error.ts';

/** Runs git, which must be on the PATH, and waits for its end, whatever that is. */
export const tryGit = async (argumentList: readonly string[], options: GitOptions): Promise<GitResult> => {
  const result = await spawnGit(argumentList, options);
  if (result !== null) return result;
  throw new HistoryError(
    'GIT_MISSING',
    'git was not found on the PATH, and the history lies in a git branch. Install git, or add its folder to PATH.',
  );
};

/** Runs git and returns what it printed. @throws HistoryError when it ends with anything but 0. */
export const git = async (argumentList: readonly string[], options: GitOptions): Promise<string> => {
  const result = await tryGit(argumentList, options);
  if (result.exitCode === 0) return printedByGit(result);
  throw new HistoryError('GIT_FAILED', describeGitFailure(argumentList, result));
};
