import { git, tryGit } from './git.ts';
import { HistoryError } from './history-error.ts';
import { isRecordPath } from './record-path.ts';

/** A file of the branch: git's name for its content, and its size. */
export interface BranchFile {
  readonly objectId: string;
  readonly bytes: number;
}

/** The records in a commit of the branch by path; whatever else lies there is left out. */
export const listRecords = async (
  cwd: string,
  commit: string | null,
): Promise<ReadonlyMap<string, BranchFile>> => {
  const files = new Map<string, BranchFile>();
  if (commit === null) return files;
  const listing = await git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit, 'runs/'], { cwd });
  for (const line of listing.split('\0')) {
    const [facts = '', path = ''] = line.split('\t');
    const [mode, , objectId = '', bytes] = facts.split(/ +/u);
    // A symbolic link could lead out of the folder.
    if (mode === '100644' && isRecordPath(path)) files.set(path, { objectId, bytes: Number(bytes) });
  }
  return files;
};

/** The contents of some objects, in the order asked for, by one process whatever their number. */
export const readObjects = async (cwd: string, objectIds: readonly string[]): Promise<readonly Buffer[]> => {
  if (objectIds.length === 0) return [];
  const { exitCode, stdout } = await tryGit(['cat-file', '--batch', '--buffer'], {
    cwd,
    input: objectIds.map((objectId) => `${objectId}\n`),
  });
  const contents: Buffer[] = [];
  let position = 0;
  // Each answer is "<id> <type> <bytes>", a line feed, the content, and one more line feed.
  for (;;) {
    if (exitCode !== 0 || position >= stdout.length) break;
    const lineEnd = stdout.indexOf(0x0a, position);
    const bytes = Number(stdout.toString('latin1', position, lineEnd).split(' ')[2]);
    if (!Number.isInteger(bytes)) break;
    contents.push(stdout.subarray(lineEnd + 1, lineEnd + 1 + bytes));
    position = lineEnd + 1 + bytes + 1;
  }
  if (contents.length === objectIds.length) return contents;
  throw new HistoryError(
    'GIT_FAILED',
    'git could not read all objects of the history. Check the clone with "git fsck", or pull into a fresh one.',
  );
};
