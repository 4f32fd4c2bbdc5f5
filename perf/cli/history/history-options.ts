import type { Command } from 'commander';

/** The options of `history` as they were typed; each action takes those that it knows. */
export interface HistoryOptions {
  readonly remote?: string;
  readonly branch?: string;
  readonly keepDays?: string;
  readonly keepPerMonth?: string;
  readonly dryRun?: true;
  readonly compact?: true;
  readonly scenario?: string;
  readonly metric?: string;
  readonly commit?: string;
  readonly kind?: string;
  readonly since?: string;
  readonly limit?: string;
  readonly all?: true;
  readonly json?: true;
}

/** What to do with the history. */
export type HistoryAction = 'push' | 'pull' | 'prune' | 'list' | 'show';

/** An action with what it was given. */
export interface HistoryRequest {
  readonly action: HistoryAction;
  /** What `show` is to show. */
  readonly given: string | null;
  readonly options: HistoryOptions;
}

const addStoreOptions = (command: Command): Command =>
  command
    .option('--remote <remote>', 'name or address of the remote (default: origin)')
    .option('--branch <branch>', 'branch that holds the history (default: perf-data)');

const addKeepOptions = (command: Command): Command =>
  command
    .option('--keep-days <days>', 'keep every run of so many days (default: 90)')
    .option('--keep-per-month <runs>', 'of older months keep so many runs each (default: 30)');

const addFilterOptions = (command: Command): Command =>
  command
    .option('--scenario <name>', 'only this scenario')
    .option('--metric <name>', 'only this metric, judged or not')
    .option('--commit <sha>', 'only this commit; its first digits are enough')
    .option('--kind <kind>', 'only "scenarios" or only "comparison"')
    .option('--since <date>', 'only runs from this day on: 2026-11-22')
    .option('--all', 'all metrics, not only those with a promise or a gate');

/** Declares `history` and its actions. */
export const addHistoryCommand = (program: Command, choose: (request: HistoryRequest) => void): void => {
  const history = program
    .command('history')
    .description('the history across commits: records in .perf/history, shared in a branch of their own');
  const chosen =
    (action: HistoryAction) =>
    (options: HistoryOptions): void => {
      choose({ action, given: null, options });
    };
  addStoreOptions(
    history.command('push').description('put the records that are here onto the branch'),
  ).action(chosen('push'));
  addStoreOptions(history.command('pull').description('bring the branch’s records here')).action(
    chosen('pull'),
  );
  addKeepOptions(
    addStoreOptions(history.command('prune').description('take old records from the branch, and from here')),
  )
    .option('--dry-run', 'say what would go, and leave it')
    .option('--compact', 'begin the branch anew with one commit, so that the repository gets smaller')
    .action(chosen('prune'));
  addFilterOptions(history.command('list').description('one line for each figure, newest first'))
    .option('--limit <lines>', 'at most so many lines (default: 50)')
    .option('--json', 'the records as JSON lines, for programs')
    .action(chosen('list'));
  history
    .command('show')
    .description('everything that is kept of a run or of a commit')
    .argument('<run or commit>', 'a run’s id or a commit; its first characters are enough')
    .action((given: string, options: HistoryOptions) => {
      choose({ action: 'show', given, options });
    });
};
