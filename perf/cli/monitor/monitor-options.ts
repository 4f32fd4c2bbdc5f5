import type { Command } from 'commander';
import { addDialOptions, repeatable, type DialOptions, type RunOptions } from '../run-options.ts';

/** The options of `monitor` as they were typed; nothing is checked yet. */
export interface MonitorCommandOptions extends DialOptions, Pick<RunOptions, 'url' | 'color'> {
  readonly interval?: string;
  readonly probe?: string;
  readonly count?: string;
  readonly duration?: string;
  readonly output?: string;
  readonly config?: string;
  readonly alert?: readonly string[];
  readonly webhook?: string;
  readonly failOnAlert?: true;
}

const help = `
Alerts, with RAISE:FOR:CLEAR unless told otherwise:
  connect-time=1:30:0.5     average connect time of an interval, seconds
  failure-rate=10:30:5      failed attempts of an interval, percent
  memory-growth=20:60:5     growth of the process, MiB a minute (needs /metrics)
  circuit-open=0            an open circuit breaker (needs /metrics), after FOR seconds
  unreachable=10            no answer, or HTTP 5xx, for FOR seconds
  probe=1:30:0.5            connect time of the probe, seconds; a probe that fails counts as slow (needs --probe)

Exit codes: 0 ended by --count, --duration or Ctrl-C · 1 with --fail-on-alert: an alert was raised
· 2 (before 1) wrong usage, the server never answered, or the output could not be written`;

/** Declares `monitor` and its options. */
export const addMonitorCommand = (
  program: Command,
  choose: (options: MonitorCommandOptions) => void,
): void => {
  const command = program
    .command('monitor')
    .description('watch a running server by its monitoring endpoints')
    .optionsGroup('The server to watch:')
    .option('--url <url>', 'address of the server: http(s):// or ws(s):// (PERF_URL)');
  addDialOptions(command)
    .optionsGroup('Watching:')
    .option('--interval <seconds>', 'between two looks (default: 5)')
    .option('--probe <seconds>', 'open one connection of our own that often (default: none)')
    .option('--count <looks>', 'end after so many looks')
    .option('--duration <seconds>', 'end after so long')
    .option('--output <file>', 'append one JSON line for each look')
    .option('--no-color', 'no colours')
    .optionsGroup('Alerts:')
    .addOption(
      repeatable('--alert <name=RAISE:FOR:CLEAR>', 'thresholds of one alert, or name=off; repeatable'),
    )
    .option('--config <file>', 'JSON file with interval, probe and alerts')
    .option('--webhook <url>', 'post alerts there as {"text": …}, as Slack takes it (PERF_WEBHOOK)')
    .option('--fail-on-alert', 'exit 1 when an alert was raised')
    .addHelpText('after', help)
    .action((options: MonitorCommandOptions) => {
      choose(options);
    });
};
