import { lastWordOfGit } from '../../git/spawn-git.ts';
import { tryGit } from './git.ts';
import type { HistoryBranch } from './history-branch.ts';
import { HistoryError } from './history-error.ts';

// What git and its servers say when another push was quicker.
const overtaken =
  /fetch first|non-fast-forward|stale info|cannot lock ref|failed to update ref|failed to lock|reference already exists|incorrect old value|remote ref updated/iu;

const whatTheRemoteSaid = (stderr: string): string => {
  const lines = stderr.split('\n').flatMap((line) => {
    const said = line.replace(/^remote:\s*/u, '').trim();
    return line.startsWith('remote:') && said !== '' ? [said] : [];
  });
  return lines.length === 0 ? '' : ` It said: ${lines.join(' ').slice(0, 500)}`;
};

/**
 * Puts a commit at the head of the branch; `overtaken` when another push was quicker. `replaces` is the one commit that
 * may be there when the new one does not follow on it.
 * @throws HistoryError when the remote refuses or can not be reached.
 */
export const pushCommit = async (
  history: HistoryBranch,
  commit: string,
  replaces: string | null = null,
): Promise<'pushed' | 'overtaken'> => {
  const { cwd, remote, branch } = history;
  const lease = replaces === null ? [] : [`--force-with-lease=refs/heads/${branch}:${replaces}`];
  const { exitCode, stdout, stderr } = await tryGit(
    // A pre-push hook is about the user's own branches.
    [
      'push',
      '--porcelain',
      '--no-verify',
      '--no-follow-tags',
      ...lease,
      '--',
      remote,
      `${commit}:refs/heads/${branch}`,
    ],
    { cwd },
  );
  if (exitCode === 0) return 'pushed';
  const rejection = stdout
    .toString('utf8')
    .split('\n')
    .find((line) => line.startsWith('!'));
  const summary = rejection?.split('\t')[2] ?? '';
  if (overtaken.test(summary)) return 'overtaken';
  const name = remote.replace(/:\/\/[^/@\s]+@/u, '://');
  if (rejection === undefined) {
    throw new HistoryError(
      'REMOTE_UNAVAILABLE',
      `The remote "${name}" can not be written to: ${lastWordOfGit(stderr)}. Check the network, and that git may push there.`,
    );
  }
  throw new HistoryError(
    'PUSH_REFUSED',
    `The remote "${name}" refused the branch ${branch}: ${summary}.${whatTheRemoteSaid(stderr)} ` +
      'Allow pushes to that branch, or name another one with --branch.',
  );
};
