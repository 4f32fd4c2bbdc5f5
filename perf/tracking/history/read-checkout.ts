import { git, tryGit } from './git.ts';
import type { HistoryRecord } from './history-record.ts';
import { readProjectSettings } from './project-settings.ts';

/** What a record says of the checkout it was measured from. */
export type Checkout = Pick<HistoryRecord, 'commit' | 'project' | 'reference'>;

const isoOf = (epochSeconds: string): string => new Date(Number(epochSeconds) * 1_000).toISOString();

const defaultReference = 'perf-reference-*';

/** The newest tag of those that say what the history is measured against; it is moved by hand. */
const readReference = async (cwd: string): Promise<HistoryRecord['reference']> => {
  const project = await readProjectSettings(cwd);
  // What is wrong with them the commands around the history say.
  const { reference: tags = defaultReference } = project.outcome === 'read' ? project.settings : {};
  const format = '%(refname:short) %(objectname) %(*objectname)';
  const newest = await git(
    ['for-each-ref', '--sort=-creatordate', '--count=1', `--format=${format}`, `refs/tags/${tags}`],
    { cwd },
  );
  // An annotated tag has an object of its own, and the commit behind it comes third.
  const [id = '', tag = '', commit = ''] = newest.split(' ');
  return id === '' ? null : { id, sha: commit === '' ? tag : commit };
};

/** Reads commit, branch, reference and place of a checkout; null outside of a git work tree, or before its first commit. */
export const readCheckout = async (cwd: string): Promise<Checkout | null> => {
  const inside = await tryGit(['rev-parse', '--is-inside-work-tree', '--show-prefix'], { cwd });
  const [isWorkTree, prefix = ''] = inside.stdout.toString('utf8').split('\n');
  if (inside.exitCode !== 0 || isWorkTree !== 'true') return null;
  const head = await tryGit(['log', '-1', '--no-show-signature', '--format=%H %ct %P', 'HEAD'], { cwd });
  if (head.exitCode !== 0) return null;
  const [sha = '', committedAt = '', parent = ''] = head.stdout.toString('utf8').trim().split(' ');
  const branch = await tryGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], { cwd });
  return {
    commit: {
      sha,
      parent: parent === '' ? null : parent,
      committedAt: isoOf(committedAt),
      branch: branch.exitCode === 0 ? branch.stdout.toString('utf8').trim() : null,
      isDirty: (await git(['status', '--porcelain', '--untracked-files=no'], { cwd })) !== '',
    },
    project: prefix.replace(/\/$/u, '') || '.',
    reference: await readReference(cwd),
  };
};
