import { Command } from 'commander';
import { addCompareOptions, type CompareOptions } from './compare-options.ts';
import type { CommentOptions } from './github/run-comment.ts';
import { addHistoryCommand, type HistoryRequest } from './history/history-options.ts';
import type { TrackingOptions } from './history/run-tracking.ts';
import { addMonitorCommand, type MonitorCommandOptions } from './monitor/monitor-options.ts';
import { addReportCommand, type ReportRequest } from './report/report-options.ts';
import { addRunOptions, type RunOptions } from './run-options.ts';
import type { ServeOptions } from './serve.ts';
import type { TokenOptions } from './token.ts';

/** What was chosen on the command line. */
export type ChosenCommand =
  | { readonly kind: 'run'; readonly named: readonly string[]; readonly options: RunOptions }
  | { readonly kind: 'compare'; readonly options: CompareOptions }
  | { readonly kind: 'monitor'; readonly options: MonitorCommandOptions }
  | { readonly kind: 'serve'; readonly options: ServeOptions }
  | { readonly kind: 'token'; readonly options: TokenOptions }
  | { readonly kind: 'track' | 'self-check'; readonly options: TrackingOptions }
  | { readonly kind: 'comment'; readonly options: CommentOptions }
  | { readonly kind: 'history'; readonly request: HistoryRequest }
  | { readonly kind: 'report'; readonly request: ReportRequest };

const exitCodesHelp = `
Exit codes: 0 all promises held · 1 a promise was broken · 2 wrong usage, the target did not come up,
or nothing could be measured · 3 inconclusive · 130 stopped by Ctrl-C`;

const compareExitCodesHelp = `
Exit codes: 0 passed or inconclusive (3 with --strict) · 1 head is worse · 2 wrong usage, or a server could not be
built, started or measured · 130 stopped by Ctrl-C`;

const trackExitCodesHelp = `
Exit codes: 0 no slowdown was confirmed now · 1 one was · 2 wrong usage, or nothing could be measured or shared`;

const selfCheckExitCodesHelp = `
Exit codes: 0 the gate is armed · 1 it is disarmed · 2 wrong usage, or nothing could be measured or shared`;

const addTrackingOptions = (command: Command): Command =>
  command
    .option('--target <kind>', 'containers or process (default: auto; PERF_TARGET)')
    .option('--remote <remote>', 'name or address of the remote (default: origin)')
    .option('--branch <branch>', 'branch that holds the history (default: perf-data)');

/** The command line, which throws instead of exiting, and tells `choose` what was chosen instead of doing it. */
export const makeProgram = (choose: (chosen: ChosenCommand) => void): Command => {
  const program = new Command('ws-perf-gate')
    .description('Performance promises for WebSocket servers, measured and judged.')
    .addHelpText('after', '\nThe options of run: ws-perf-gate run --help')
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addRunOptions(
    program
      .command('run', { isDefault: true })
      .description('measure scenarios (the default command)')
      .argument('[scenarios...]', 'names of scenarios; without any, all but those tagged resilience or soak')
      .addHelpText('after', exitCodesHelp),
  ).action((named: readonly string[], options: RunOptions) => {
    choose({ kind: 'run', named, options });
  });
  addCompareOptions(
    program
      .command('compare')
      .description('compare two servers, base and head, by alternating operations')
      .addHelpText('after', compareExitCodesHelp),
  ).action((options: CompareOptions) => {
    choose({ kind: 'compare', options });
  });
  program
    .command('serve')
    .description('start the reference server alone, for development')
    .option('--port <port>', 'port to listen on (default: 8000; PORT)')
    .option('--instances <count>', 'from 2 on behind nginx, with one Redis (default: 1)')
    .action((options: ServeOptions) => {
      choose({ kind: 'serve', options });
    });
  program
    .command('token')
    .description('print a token for hand use')
    .option('--secret <secret>', 'secret to sign with (default: that of "serve"; JWT_SECRET)')
    .option('--subject <name>', 'whom the token names (default: perf)')
    .option('--expires-in <seconds>', 'how long the token is valid (default: 3600)')
    .action((options: TokenOptions) => {
      choose({ kind: 'token', options });
    });
  addTrackingOptions(
    program
      .command('track')
      .description(
        'measure what is checked out against its parent and the reference, and look at the history',
      )
      .addHelpText('after', trackExitCodesHelp),
  ).action((options: TrackingOptions) => {
    choose({ kind: 'track', options });
  });
  addTrackingOptions(
    program
      .command('self-check')
      .description('run the gate on what is checked out against itself: does it raise false alarms?')
      .option('--gates <count>', 'how many gates (default: 5)')
      .addHelpText('after', selfCheckExitCodesHelp),
  ).action((options: TrackingOptions) => {
    choose({ kind: 'self-check', options });
  });
  program
    .command('comment')
    .description('put the comparison of a finished workflow run onto its pull request, as one comment')
    .requiredOption('--comparison <file>', 'what perf:compare wrote with --json')
    .option('--confirmation <file>', 'the same of the second comparison; may be missing')
    .option('--author <login>', 'who comments by GITHUB_TOKEN (default: github-actions[bot])')
    .action((options: CommentOptions) => {
      choose({ kind: 'comment', options });
    });
  addMonitorCommand(program, (options) => {
    choose({ kind: 'monitor', options });
  });
  addHistoryCommand(program, (request) => {
    choose({ kind: 'history', request });
  });
  addReportCommand(program, (request) => {
    choose({ kind: 'report', request });
  });
  return program;
};
