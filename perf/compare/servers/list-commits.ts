import { CompareError } from '../compare-error.ts';
import { git, gitOrNull } from './git.ts';
import { serverSources } from './find-commits.ts';

/** The commits of a range that can have changed the server. */
export interface CommitRange {
  readonly root: string;
  readonly good: string;
  /** Oldest first; those before the next change of the server's sources are left out, since they build the same. */
  readonly commits: readonly string[];
}

const rangeForm = /^(?<good>.+?)\.\.(?<bad>[^.].*)$/u;

const resolve = async (root: string, name: string): Promise<string> => {
  const commit = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (commit !== null) return commit;
  throw new CompareError(
    'COMMIT_UNKNOWN',
    `--bisect names "${name}", which git does not know here. Fetch it, or name another commit.`,
  );
};

/** What a commit's server is built of, as one text. */
const sourcesOf = async (root: string, commit: string): Promise<string> => {
  const objects = await Promise.all(
    serverSources.map((path) => gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${commit}:${path}`)),
  );
  return objects.join(' ');
};

/** The commits of `GOOD..BAD`, along the first parents, that changed the server. Throws a CompareError that says what to do. */
export const listCommits = async (directory: string, range: string): Promise<CommitRange> => {
  const { good: goodName, bad: badName } = rangeForm.exec(range)?.groups ?? {};
  if (goodName === undefined || badName === undefined) {
    throw new CompareError(
      'COMMIT_UNKNOWN',
      `--bisect is "${range}", but must be GOOD..BAD, such as v1.2..main.`,
    );
  }
  const root = await gitOrNull(directory, 'rev-parse', '--show-toplevel');
  if (root === null) {
    throw new CompareError(
      'NOT_A_REPOSITORY',
      `${directory} is in no git repository, so there are no commits to bisect.`,
    );
  }
  const [good, bad] = [await resolve(root, goodName), await resolve(root, badName)];
  if ((await gitOrNull(root, 'merge-base', '--is-ancestor', good, bad)) === null) {
    throw new CompareError(
      'COMMIT_UNKNOWN',
      `--bisect is "${range}", but ${goodName} is no ancestor of ${badName}. Name the good commit first.`,
    );
  }
  const listed = await git(root, 'rev-list', '--first-parent', '--reverse', `${good}..${bad}`);
  const commits: string[] = [];
  let before = await sourcesOf(root, good);
  for (const commit of listed.split('\n').filter(Boolean)) {
    const sources = await sourcesOf(root, commit);
    if (sources !== before) commits.push(commit);
    before = sources;
  }
  if (commits.length === 0) {
    throw new CompareError(
      'COMMIT_UNKNOWN',
      `No commit of ${range} changes ${serverSources.join(' or ')}: there is nothing to find.`,
    );
  }
  return { root, good, commits };
};
