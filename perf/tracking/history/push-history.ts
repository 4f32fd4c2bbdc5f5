import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { datesOfRecords } from './branch-dates.ts';
import { readBranchState, type BranchState } from './branch-state.ts';
import { commitRecords } from './commit-records.ts';
import { assertUsable, noteSynced, type HistoryBranch } from './history-branch.ts';
import { recordsToPrune, type KeepPolicy } from './keep-policy.ts';
import { listLocalRecords } from './local-records.ts';
import { pushCommit } from './push-commit.ts';
import { readRecords, type UnreadableRecord } from './read-history.ts';
import { recordPath } from './record-path.ts';
import { untilNotOvertaken } from './until-not-overtaken.ts';

/** What a push did. */
export interface PushResult {
  /** Paths of the records that were new to the branch. */
  readonly pushed: readonly string[];
  /** Local files that hold no record; they stay where they are. */
  readonly unreadable: readonly UnreadableRecord[];
  /** Local records whose path the branch has for another content: nothing is rewritten, so they stay local. */
  readonly conflicting: readonly string[];
  /** Records taken from the branch, because the policy no longer keeps them. */
  readonly pruned: readonly string[];
  /** The branch's new commit; null when there was nothing to push. */
  readonly commit: string | null;
  readonly tries: number;
}

/** What a push is given beside the branch. */
export interface PushOptions {
  readonly directory: string;
  /** Null: everything is kept. */
  readonly policy: KeepPolicy | null;
}

/** git's name for a content, by the hash that the repository uses. */
const objectIdOf = (content: Buffer, idLength: number): string =>
  createHash(idLength === 40 ? 'sha1' : 'sha256')
    .update(`blob ${String(content.length)}\0`)
    .update(content)
    .digest('hex');

const newContents = (
  directory: string,
  paths: readonly string[],
  { files }: BranchState,
): { readonly added: ReadonlyMap<string, Buffer>; readonly conflicting: readonly string[] } => {
  const added = new Map<string, Buffer>();
  const conflicting: string[] = [];
  for (const path of paths) {
    const content = readFileSync(join(directory, path));
    const there = files.get(path);
    if (there === undefined) added.set(path, content);
    else if (there.objectId !== objectIdOf(content, there.objectId.length)) conflicting.push(path);
  }
  return { added, conflicting };
};

const counted = (count: number, noun: string): string => `${String(count)} ${noun}${count === 1 ? '' : 's'}`;

const messageOf = (added: number, pruned: number): string =>
  [
    ...(added > 0 ? [`Add ${counted(added, 'performance record')}`] : []),
    ...(pruned > 0 ? [`${added > 0 ? 'prune' : 'Prune'} ${String(pruned)} by policy`] : []),
  ].join(', ');

/** Puts all local records that the branch lacks onto it, whoever else is pushing; nothing there is rewritten. */
export const pushHistory = async (
  history: HistoryBranch,
  { directory, policy }: PushOptions,
): Promise<PushResult> => {
  await assertUsable(history);
  const { records, unreadable } = readRecords(directory, await listLocalRecords(directory));
  const local = records.map(recordPath);
  return await untilNotOvertaken(async (tries) => {
    const state = await readBranchState(history);
    if (state === null) return null;
    const candidates = local.filter((path) => !state.pruned.has(path));
    const { added, conflicting } = newContents(directory, candidates, state);
    const prunable = policy === null ? [] : await datesOfRecords(history.cwd, state.files);
    const pruned = policy === null ? [] : recordsToPrune(prunable, policy, new Date());
    const result = { pushed: [...added.keys()], unreadable, conflicting, pruned, tries };
    if (added.size === 0 && pruned.length === 0) return { ...result, commit: null };
    const message = messageOf(added.size, pruned.length);
    const commit = await commitRecords(history.cwd, { parent: state.tip, added, removed: pruned, message });
    if ((await pushCommit(history, commit)) === 'overtaken') return null;
    await noteSynced(history, commit);
    return { ...result, commit };
  });
};
