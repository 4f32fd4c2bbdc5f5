import { CompareError } from '../compare-error.ts';
import { git, gitOrNull } from './git.ts';

/** Commits as they were asked for. */
export interface AskedCommits {
  readonly base: string | null;
  /** Null is the work tree as it is. */
  readonly head: string | null;
  /** The branch that head is to be merged into, whose merge base is taken where no base is named; else the main branch. */
  readonly mergesInto?: string;
}

/** Where the main branch is looked for, the nearest to what others have first. */
const mainBranches = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master'];

/** The two commits to compare. */
export interface Commits {
  /** The top folder of the repository. */
  readonly root: string;
  readonly base: string;
  /** How the base was found: `origin/main`, `the parent of HEAD`. */
  readonly baseName: string;
  /** Null compares the work tree as it is. */
  readonly head: string | null;
}

/** The part of a repository that a reference server is built of. */
export const serverSources = ['reference-server', 'package-lock.json'] as const;

/** What git says of changes to the server's sources that are not committed; empty when there are none. */
export const uncommittedChanges = async (root: string): Promise<string> =>
  (await gitOrNull(root, 'status', '--porcelain', '--', ...serverSources)) ?? '';

const resolve = async (root: string, name: string, option: string): Promise<string> => {
  const commit = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`);
  if (commit !== null) return commit;
  const isShallow = (await gitOrNull(root, 'rev-parse', '--is-shallow-repository')) === 'true';
  const remedy = isShallow
    ? 'This clone is shallow: fetch more of it (git fetch --unshallow; in GitHub Actions fetch-depth: 0).'
    : 'Name a commit, a branch or a tag that this clone has, or fetch it first.';
  throw new CompareError('COMMIT_UNKNOWN', `${option} is "${name}", which git does not know here. ${remedy}`);
};

/** Whether the work tree holds changes to what is compared that no commit has. */
const isChanged = async (root: string): Promise<boolean> => (await uncommittedChanges(root)) !== '';

const findBase = async (
  root: string,
  head: string,
  isWorkTree: boolean,
  branches: readonly string[],
): Promise<{ commit: string; name: string }> => {
  for (const branch of branches) {
    const tip = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${branch}^{commit}`);
    const mergeBase = tip === null ? null : await gitOrNull(root, 'merge-base', tip, head);
    if (mergeBase === null) continue;
    if (mergeBase !== head) return { commit: mergeBase, name: `the merge base with ${branch}` };
    // On the main branch itself what is new is what is not committed, or else the newest commit.
    if (isWorkTree && (await isChanged(root)))
      return { commit: head, name: 'HEAD, without what is not committed' };
    const parent = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${head}^1`);
    if (parent !== null) return { commit: parent, name: 'the parent, on the main branch' };
  }
  throw new CompareError(
    'COMMIT_UNKNOWN',
    `No merge base was found with ${branches.join(' or ')}. Name one with --base REF; in a shallow clone fetch more first (git fetch --unshallow; in GitHub Actions fetch-depth: 0).`,
  );
};

/** The repository's root and the commits to compare. Throws a CompareError that says what to do. */
export const findCommits = async (directory: string, asked: AskedCommits): Promise<Commits> => {
  const root = await gitOrNull(directory, 'rev-parse', '--show-toplevel');
  if (root === null) {
    throw new CompareError(
      'NOT_A_REPOSITORY',
      `${directory} is in no git repository. Compare commits inside one, or compare --base-image, --base-url or --base-command.`,
    );
  }
  const head = asked.head === null ? null : await resolve(root, asked.head, '--head');
  if (asked.base !== null) {
    return { root, base: await resolve(root, asked.base, '--base'), baseName: asked.base, head };
  }
  const { commit, name } = await findBase(
    root,
    head ?? (await git(root, 'rev-parse', 'HEAD')),
    head === null,
    asked.mergesInto === undefined ? mainBranches : [`origin/${asked.mergesInto}`],
  );
  return { root, base: commit, baseName: name, head };
};
