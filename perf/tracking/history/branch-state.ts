import { listRecords, type BranchFile } from './branch-tree.ts';
import { fetchHistory, lastSynced, type HistoryBranch } from './history-branch.ts';

/** The branch as it is now, beside what it was when the local files were last brought in line with it. */
export interface BranchState {
  /** Null before the first push. */
  readonly tip: string | null;
  readonly files: ReadonlyMap<string, BranchFile>;
  /** Records that were on the branch then and are not now: pruned, and not to be pushed again. */
  readonly pruned: ReadonlySet<string>;
}

/** Fetches the branch; null when another process of this clone was in the way. */
export const readBranchState = async (history: HistoryBranch): Promise<BranchState | null> => {
  const fetched = await fetchHistory(history);
  if (fetched.outcome === 'in-the-way') return null;
  const tip = fetched.outcome === 'absent' ? null : fetched.tip;
  const files = await listRecords(history.cwd, tip);
  // A branch that is gone was not pruned: it is made anew from what is here.
  const before = tip === null ? [] : (await listRecords(history.cwd, await lastSynced(history))).keys();
  return { tip, files, pruned: new Set([...before].filter((path) => !files.has(path))) };
};
