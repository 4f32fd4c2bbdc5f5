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
  readonly on?: string;
  readonly strict?: true;
  readonly output?: string;
  readonly commitUrl?: string;
}

/** What to do with the history. */
export type HistoryAction = 'push' | 'pull' | 'prune' | 'list' | 'show' | 'check' | 'chart' | 'overview';

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

const addMetricOptions = (command: Command): Command =>
  command
    .option('--scenario <name>', 'only this scenario')
    .option('--metric <name>', 'only this metric, judged or not')
    .option('--on <branch>', 'only commits that were measured on this branch')
    .option('--since <date>', 'only runs from this day on: 2026-11-22')
    .option('--all', 'all metrics, not only those with a promise or a gate');

const addListOptions = (command: Command): Command =>
  addMetricOptions(command)
    .option('--commit <sha>', 'only this commit; its first digits are enough')
    .option('--kind <kind>', 'only "scenarios" or only "comparison"')
    .option('--limit <lines>', 'at most so many lines (default: 50)')
    .option('--json', 'the records as JSON lines, for programs');

const addCheckOptions = (command: Command): Command =>
  addMetricOptions(command).option('--strict', 'exit 3 when there is no answer yet');

const addChartOptions = (command: Command): Command =>
  command
    .option('--output <file>', 'the page (default: .perf/history/index.html)')
    .option('--commit-url <address>', 'page of a commit, with {sha} in it (default: by the remote’s address)')
    .option('--remote <remote>', 'remote whose commits are linked (default: origin)');

const exitCodesHelp = `
Exit codes: 0 no confirmed slowdown · 1 a slowdown that a paired comparison confirmed · 2 wrong usage, or no records
· 3 with --strict: no answer yet (collecting, or a slowdown that is not confirmed)`;

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
  addListOptions(history.command('list').description('one line for each figure, newest first')).action(
    chosen('list'),
  );
  addCheckOptions(history.command('check').description('look for steps for the worse'))
    .option('--json', 'the findings as JSON, for programs')
    .addHelpText('after', exitCodesHelp)
    .action(chosen('check'));
  addChartOptions(
    addMetricOptions(history.command('chart').description('a page of charts, one file')),
  ).action(chosen('chart'));
  addChartOptions(
    addCheckOptions(
      history.command('overview', { isDefault: true }).description('check and chart (the default)'),
    ),
  ).action(chosen('overview'));
  history
    .command('show')
    .description('everything that is kept of a run or of a commit')
    .argument('<run or commit>', 'a run’s id or a commit; its first characters are enough')
    .action((given: string, options: HistoryOptions) => {
      choose({ action: 'show', given, options });
    });
};
