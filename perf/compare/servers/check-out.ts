import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CompareError } from '../compare-error.ts';
import { git } from './git.ts';

const execute = promisify(execFile);

/** A commit's files in a folder of their own, gone with its disposal. */
export interface CheckedOut extends AsyncDisposable {
  readonly directory: string;
}

const lockOf = (directory: string): Promise<string | null> =>
  readFile(join(directory, 'package-lock.json'), 'utf8').catch(() => null);

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Another commit's dependencies: those that are installed here, unless its lockfile says others; then its own. */
const provideDependencies = async (root: string, directory: string, signal: AbortSignal): Promise<void> => {
  const installed = join(root, 'node_modules');
  const [here, there] = await Promise.all([lockOf(root), lockOf(directory)]);
  const isInstalled = await exists(installed);
  if (there === null && !isInstalled) return;
  if ((there === null || here === there) && isInstalled) {
    await symlink(installed, join(directory, 'node_modules'), 'dir');
    return;
  }
  const npm = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    await execute('npm', npm, { cwd: directory, signal });
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? error.message.split('\n').slice(-3).join(' ') : String(error);
    throw new CompareError(
      'DEPENDENCIES_FAILED',
      `The dependencies of ${directory} differ from those here and can not be installed (npm ${npm.join(' ')}): ${reason}`,
      { cause: error },
    );
  }
};

/** Checks a commit out beside the work tree, which stays as it is (git worktree), with its dependencies. */
export const checkOut = async (root: string, commit: string, signal: AbortSignal): Promise<CheckedOut> => {
  const parent = await mkdtemp(join(tmpdir(), 'ws-perf-gate-compare-'));
  const directory = join(parent, 'tree');
  const remove = async (): Promise<void> => {
    await git(root, 'worktree', 'remove', '--force', directory).catch(() => undefined);
    await rm(parent, { recursive: true, force: true });
    await git(root, 'worktree', 'prune').catch(() => undefined);
  };
  try {
    await git(root, 'worktree', 'add', '--detach', '--force', directory, commit);
    await provideDependencies(root, directory, signal);
    return { directory, [Symbol.asyncDispose]: remove };
  } catch (error) {
    await remove();
    if (error instanceof CompareError || signal.aborted) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CompareError('CHECKOUT_FAILED', `Commit ${commit} can not be checked out: ${reason}`, {
      cause: error,
    });
  }
};
