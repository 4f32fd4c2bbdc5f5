import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CompareError } from '../compare-error.ts';

const execute = promisify(execFile);
const longestOutputBytes = 16 * 1_048_576;

/** Runs git in a folder and returns what it printed, without the last line break; rejects with git's own error. */
export const git = async (directory: string, ...given: readonly string[]): Promise<string> => {
  try {
    const { stdout } = await execute('git', ['-C', directory, ...given], { maxBuffer: longestOutputBytes });
    return stdout.trimEnd();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CompareError(
      'NOT_A_REPOSITORY',
      'Commits can only be compared where git is installed. Install git, or compare --base-image, --base-url or --base-command.',
      { cause: error },
    );
  }
};

/** What git printed, or null where it refused. */
export const gitOrNull = async (directory: string, ...given: readonly string[]): Promise<string | null> => {
  try {
    return await git(directory, ...given);
  } catch (error) {
    if (error instanceof CompareError) throw error;
    return null;
  }
};
