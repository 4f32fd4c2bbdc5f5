import { datesOfRecords } from './branch-dates.ts';
import { readBranchState } from './branch-state.ts';
import { commitRecords } from './commit-records.ts';
import { assertUsable, noteSynced, type HistoryBranch } from './history-branch.ts';
import { recordsToPrune, type KeepPolicy } from './keep-policy.ts';
import { removeLocalRecord } from './local-records.ts';
import { pushCommit } from './push-commit.ts';
import { untilNotOvertaken } from './until-not-overtaken.ts';

/** What a pruning did, or would do. */
export interface PruneResult {
  readonly pruned: readonly string[];
  readonly prunedBytes: number;
  readonly kept: number;
  /** The branch's new commit; null for a dry run, or when there was nothing to do. */
  readonly commit: string | null;
}

/** What a pruning is given beside the branch. */
export interface PruneOptions {
  readonly directory: string;
  readonly policy: KeepPolicy;
  readonly isDryRun: boolean;
  /** Begin the branch anew with one commit, so that what was pruned is let go by the repository as well. */
  readonly isCompacting: boolean;
}

/**
 * Takes records from the branch, and from the folder, that the policy does not keep. A compacting one replaces exactly
 * the commit it has read, so that a push that comes in between makes it begin again instead of being lost.
 */
export const pruneHistory = async (
  history: HistoryBranch,
  { directory, policy, isDryRun, isCompacting }: PruneOptions,
): Promise<PruneResult> => {
  await assertUsable(history);
  return await untilNotOvertaken(async () => {
    const state = await readBranchState(history);
    if (state === null) return null;
    const { tip, files } = state;
    const pruned = recordsToPrune(await datesOfRecords(history.cwd, files), policy, new Date());
    const prunedBytes = pruned.reduce((sum, path) => sum + (files.get(path)?.bytes ?? 0), 0);
    const result = { pruned, prunedBytes, kept: files.size - pruned.length };
    if (tip === null || isDryRun || (pruned.length === 0 && !isCompacting))
      return { ...result, commit: null };
    const commit = await commitRecords(history.cwd, {
      added: new Map(),
      removed: pruned,
      ...(isCompacting
        ? {
            parent: null,
            filesOf: tip,
            message: `Begin anew with ${String(result.kept)} performance records`,
          }
        : { parent: tip, message: `Prune ${String(pruned.length)} performance records` }),
    });
    if ((await pushCommit(history, commit, isCompacting ? tip : null)) === 'overtaken') return null;
    for (const path of [...pruned, ...state.pruned]) removeLocalRecord(directory, path);
    await noteSynced(history, commit);
    return { ...result, commit };
  });
};
