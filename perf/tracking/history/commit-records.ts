import { randomBytes } from 'node:crypto';
import { git, tryGit } from './git.ts';

const ownIdentity = 'ws-perf-gate <ws-perf-gate@localhost>';

/** A commit to be made on the branch. */
export interface RecordsCommit {
  /** Null for the first commit of a branch. */
  readonly parent: string | null;
  /** Contents by path. */
  readonly added: ReadonlyMap<string, Buffer>;
  readonly removed: readonly string[];
  readonly message: string;
  /** Begin from this commit's files instead of the parent's: how a branch is begun anew with what it holds. */
  readonly filesOf?: string;
}

/** Whom git takes for the committer; a CI job has often nobody set. */
const committer = async (cwd: string): Promise<string> => {
  const { exitCode, stdout } = await tryGit(['var', 'GIT_COMMITTER_IDENT'], { cwd });
  if (exitCode === 0) return stdout.toString('utf8').trim();
  return `${ownIdentity} ${String(Math.floor(Date.now() / 1_000))} +0000`;
};

const data = (content: Buffer | string): (string | Buffer)[] => [
  `data ${String(Buffer.byteLength(content))}\n`,
  content,
  '\n',
];

// The language of git-fast-import(1). Its branch exists only while it runs, and the working copy is never involved.
const script = function* (
  commit: RecordsCommit,
  facts: { readonly who: string; readonly tree: string | null; readonly noCommit: string },
): Generator<string | Buffer> {
  const branch = `refs/ws-perf-gate/commit/${randomBytes(8).toString('hex')}`;
  yield `commit ${branch}\nmark :1\ncommitter ${facts.who}\n`;
  yield* data(commit.message);
  if (commit.parent !== null) yield `from ${commit.parent}\n`;
  if (facts.tree !== null) yield `M 040000 ${facts.tree} \n`;
  for (const path of commit.removed) yield `D ${path}\n`;
  for (const [path, content] of commit.added) {
    yield `M 100644 inline ${path}\n`;
    yield* data(content);
  }
  yield `\nget-mark :1\nreset ${branch}\nfrom ${facts.noCommit}\n\ndone\n`;
};

/** Makes a commit out of files, without index, work tree or branch, and returns its id; nothing points to it yet. */
export const commitRecords = async (cwd: string, commit: RecordsCommit): Promise<string> => {
  const who = await committer(cwd);
  const tree =
    commit.filesOf === undefined ? null : await git(['rev-parse', `${commit.filesOf}^{tree}`], { cwd });
  const known = commit.parent ?? commit.filesOf;
  const idLength = known?.length ?? (await git(['hash-object', '-t', 'tree', '--stdin'], { cwd })).length;
  return await git(['fast-import', '--quiet', '--done', '--date-format=raw'], {
    cwd,
    input: script(commit, { who, tree, noCommit: '0'.repeat(idLength) }),
  });
};
