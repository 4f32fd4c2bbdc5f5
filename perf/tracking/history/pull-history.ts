import { readObjects } from './branch-tree.ts';
import { readBranchState } from './branch-state.ts';
import { assertUsable, noteSynced, type HistoryBranch } from './history-branch.ts';
import { listLocalRecords, removeLocalRecord, writeLocalRecord } from './local-records.ts';
import { maximumRecordBytes } from './parse-history-record.ts';
import { untilNotOvertaken } from './until-not-overtaken.ts';

/** What a pull did. */
export interface PullResult {
  /** False: nobody has pushed yet. */
  readonly hasBranch: boolean;
  /** Records on the branch. */
  readonly total: number;
  readonly brought: number;
  /** Local files whose record was pruned from the branch. */
  readonly removed: number;
  /** Too large to be records. */
  readonly left: readonly string[];
}

/** Brings the records of the branch into the folder; what is there and not on the branch yet stays. */
export const pullHistory = async (history: HistoryBranch, directory: string): Promise<PullResult> => {
  await assertUsable(history);
  const { tip, files, pruned } = await untilNotOvertaken(() => readBranchState(history));
  const local = new Set(await listLocalRecords(directory));
  const missing = [...files].filter(([path]) => !local.has(path));
  const wanted = missing.filter(([, { bytes }]) => bytes <= maximumRecordBytes);
  const contents = await readObjects(
    history.cwd,
    wanted.map(([, { objectId }]) => objectId),
  );
  for (const [index, [path]] of wanted.entries()) {
    writeLocalRecord(directory, path, contents[index] ?? Buffer.alloc(0));
  }
  const gone = [...pruned].filter((path) => local.has(path));
  for (const path of gone) removeLocalRecord(directory, path);
  if (tip !== null) await noteSynced(history, tip);
  return {
    hasBranch: tip !== null,
    total: files.size,
    brought: wanted.length,
    removed: gone.length,
    left: missing.filter(([, { bytes }]) => bytes > maximumRecordBytes).map(([path]) => path),
  };
};
