import { historyDirectory } from '../../tracking/history/local-records.ts';
import { pruneHistory } from '../../tracking/history/prune-history.ts';
import { pullHistory } from '../../tracking/history/pull-history.ts';
import { pushHistory } from '../../tracking/history/push-history.ts';
import { exitCodes } from '../exit-code.ts';
import type { HistoryOptions } from './history-options.ts';
import { print, printWarnings } from './print.ts';
import type { HistorySettings } from './read-history-settings.ts';

const records = (count: number): string => `${String(count)} record${count === 1 ? '' : 's'}`;

const place = ({ history: { remote, branch } }: HistorySettings): string =>
  `${branch} of ${remote.replace(/:\/\/[^/@\s]+@/u, '://')}`;

/** Puts the local records onto the branch, and says what became of each kind. */
export const runPush = async (settings: HistorySettings, root: string): Promise<number> => {
  const result = await pushHistory(settings.history, {
    directory: historyDirectory(root),
    policy: settings.pushPolicy,
  });
  printWarnings([
    ...result.unreadable.map(({ path, reason }) => `${path} was not pushed: ${reason}`),
    ...result.conflicting.map(
      (path) => `${path} was not pushed: the branch has it with another content, and nothing is rewritten`,
    ),
  ]);
  const pruned = result.pruned.length === 0 ? '' : `, ${String(result.pruned.length)} pruned by policy`;
  const tries = result.tries === 1 ? '' : ` at try ${String(result.tries)}`;
  print([
    result.commit === null
      ? `Nothing to push: ${place(settings)} has all that is here.`
      : `Pushed ${records(result.pushed.length)} to ${place(settings)}${pruned}: ${result.commit.slice(0, 12)}${tries}`,
  ]);
  return exitCodes.met;
};

/** Brings the branch's records here. */
export const runPull = async (settings: HistorySettings, root: string): Promise<number> => {
  const result = await pullHistory(settings.history, historyDirectory(root));
  printWarnings(result.left.map((path) => `${path} was not pulled: it is larger than 1 MiB`));
  const removed = result.removed === 0 ? '' : `, ${String(result.removed)} removed that were pruned there`;
  print([
    result.hasBranch
      ? `${place(settings)} holds ${records(result.total)}: ${String(result.brought)} brought${removed}`
      : `There is no ${place(settings)} yet. The first "npm run perf:history -- push" makes it.`,
  ]);
  return exitCodes.met;
};

/** Takes old records from the branch, and says what that does to the repository's size. */
export const runPrune = async (
  settings: HistorySettings,
  root: string,
  options: HistoryOptions,
): Promise<number> => {
  const isCompacting = options.compact === true;
  const { keepDays, keepPerMonth } = settings.policy;
  const result = await pruneHistory(settings.history, {
    directory: historyDirectory(root),
    policy: settings.policy,
    isDryRun: options.dryRun === true,
    isCompacting,
  });
  const kibibytes = (result.prunedBytes / 1_024).toFixed(0);
  print([
    `Kept: every run of the last ${String(keepDays)} days, of older months ${String(keepPerMonth)} each.`,
    `${options.dryRun === true ? 'Would prune' : 'Pruned'} ${records(result.pruned.length)} (${kibibytes} KiB as files) of ${place(settings)}, ${String(result.kept)} stay.`,
    ...(options.dryRun === true ? result.pruned : []),
    ...(result.commit === null
      ? []
      : isCompacting
        ? ['The branch begins anew with one commit: the remote lets go of the rest at its next clean-up.']
        : [
            'The repository keeps its size: what was pruned stays in the branch’s past. --compact lets go of it.',
          ]),
  ]);
  return exitCodes.met;
};
