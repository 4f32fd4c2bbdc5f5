import { createHash } from 'node:crypto';
import { lastWordOfGit } from '../../git/spawn-git.ts';
import { git, tryGit } from './git.ts';
import { HistoryError } from './history-error.ts';

/** Where the history is kept: a branch of a remote, reached from any folder of a clone. */
export interface HistoryBranch {
  /** A folder inside the clone. */
  readonly cwd: string;
  /** A remote's name, or an address. */
  readonly remote: string;
  /** Without `refs/heads/`. */
  readonly branch: string;
}

/** The branch that is used unless another is named. */
export const defaultHistoryBranch = 'perf-data';

const ownRef = ({ remote, branch }: HistoryBranch, purpose: 'fetched' | 'synced'): string =>
  // A remote may be an address, which no ref can be named after.
  `refs/ws-perf-gate/${purpose}/${createHash('sha256').update(remote).digest('hex').slice(0, 12)}/${branch}`;

/** @throws HistoryError when `cwd` is in no clone, or the branch can not be named so. */
export const assertUsable = async (history: HistoryBranch): Promise<void> => {
  const { cwd, branch } = history;
  const inside = await tryGit(['rev-parse', '--git-dir'], { cwd });
  if (inside.exitCode !== 0) {
    throw new HistoryError(
      'NOT_A_REPOSITORY',
      `${cwd} is in no git repository (${lastWordOfGit(inside.stderr)}). The history is pushed from and pulled into a clone: run this in one.`,
    );
  }
  const named = await tryGit(['check-ref-format', `refs/heads/${branch}`], { cwd });
  if (named.exitCode !== 0) {
    throw new HistoryError(
      'GIT_FAILED',
      `"${branch}" is no name for a branch. Give one such as ${defaultHistoryBranch}.`,
    );
  }
};

const unavailable = ({ remote }: HistoryBranch, stderr: string): HistoryError =>
  new HistoryError(
    'REMOTE_UNAVAILABLE',
    `The remote "${remote.replace(/:\/\/[^/@\s]+@/u, '://')}" can not be read: ${lastWordOfGit(stderr)}. ` +
      'Check its name (git remote -v), the network, and that git may log in there.',
  );

/** Whether two processes of one clone got into each other's way: worth another try. */
const isLockClash = (stderr: string): boolean =>
  /cannot lock ref|unable to (?:create|update)|\.lock/iu.test(stderr);

/** The commit that a ref of this clone points to; null when there is none. */
const commitOf = async (ref: string, { cwd }: HistoryBranch): Promise<string | null> => {
  const { exitCode, stdout } = await tryGit(['rev-parse', '--verify', '--quiet', `${ref}^{commit}`], { cwd });
  return exitCode === 0 ? stdout.toString('utf8').trim() : null;
};

const remoteTip = async (history: HistoryBranch): Promise<string | null> => {
  const { cwd, remote, branch } = history;
  const { exitCode, stdout, stderr } = await tryGit(['ls-remote', '--', remote, `refs/heads/${branch}`], {
    cwd,
  });
  if (exitCode !== 0) throw unavailable(history, stderr);
  return stdout.toString('utf8').split(/\s/u)[0] || null;
};

/** What a fetch found: the branch's newest commit, `absent` before the first push, or another process in the way. */
export type Fetched =
  | { readonly outcome: 'fetched'; readonly tip: string }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'in-the-way' };

/** Brings the branch's objects into the clone; no branch, tag, index or file of the user's is touched. */
export const fetchHistory = async (history: HistoryBranch): Promise<Fetched> => {
  const { cwd, remote, branch } = history;
  const ref = ownRef(history, 'fetched');
  const tip = await remoteTip(history);
  if (tip === null) return { outcome: 'absent' };
  if ((await commitOf(ref, history)) === tip) return { outcome: 'fetched', tip };
  // A shallow clone, as CI makes it, needs the newest commit alone, and a whole one must not become shallow.
  const isShallow = (await git(['rev-parse', '--is-shallow-repository'], { cwd })) === 'true';
  const quiet = ['--quiet', '--no-tags', '--no-prune', '--no-write-fetch-head', '--no-recurse-submodules'];
  const { exitCode, stderr } = await tryGit(
    // An empty refmap keeps the user's own remote-tracking branches as they are.
    [
      'fetch',
      ...quiet,
      '--refmap=',
      ...(isShallow ? ['--depth=1'] : []),
      '--',
      remote,
      `+refs/heads/${branch}:${ref}`,
    ],
    { cwd },
  );
  if (exitCode !== 0) {
    if (isLockClash(stderr)) return { outcome: 'in-the-way' };
    throw unavailable(history, stderr);
  }
  const fetched = await commitOf(ref, history);
  return fetched === null ? { outcome: 'in-the-way' } : { outcome: 'fetched', tip: fetched };
};

/** The commit of the branch that the local files were last brought in line with; null: never. */
export const lastSynced = (history: HistoryBranch): Promise<string | null> =>
  commitOf(ownRef(history, 'synced'), history);

/** Notes that the local files are now in line with this commit of the branch. */
export const noteSynced = async (history: HistoryBranch, tip: string): Promise<void> => {
  for (const purpose of ['synced', 'fetched'] as const) {
    const { exitCode, stderr } = await tryGit(['update-ref', ownRef(history, purpose), tip], {
      cwd: history.cwd,
    });
    // Another process of this clone is noting the same: either's note will do.
    if (exitCode !== 0 && !isLockClash(stderr)) {
      throw new HistoryError(
        'GIT_FAILED',
        `git update-ref ended with ${String(exitCode)}: ${lastWordOfGit(stderr)}`,
      );
    }
  }
};
