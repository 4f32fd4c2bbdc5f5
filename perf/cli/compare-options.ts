import type { Command } from 'commander';
import { addReachOptions, repeatable, type ReachOptions, type RunOptions } from './run-options.ts';

/** The options of `compare` as they were typed; nothing is checked yet. */
export interface CompareOptions extends ReachOptions, Pick<RunOptions, 'json' | 'color'> {
  readonly base?: string;
  readonly head?: string;
  readonly baseImage?: string;
  readonly headImage?: string;
  readonly baseUrl?: string;
  readonly headUrl?: string;
  readonly baseCommand?: string;
  readonly headCommand?: string;
  readonly baseServerEnv?: readonly string[];
  readonly headServerEnv?: readonly string[];
  readonly gate?: readonly string[];
  readonly seed?: string;
  readonly confirm?: string;
  readonly firstOfTwo?: true;
  readonly unlessDisarmed?: true;
  readonly forChange?: string;
  readonly markdown?: string;
  readonly html?: string;
  readonly bisect?: string;
  readonly strict?: true;
}

/** Declares the options of `compare`, in groups. */
export const addCompareOptions = (command: Command): Command =>
  addReachOptions(
    command
      .optionsGroup('What is compared (default: the merge base with the main branch, and the work tree):')
      .option('--base <ref>', 'commit, branch or tag that the base server is built from')
      .option('--head <ref>', 'the same for the head server (default: the work tree as it is)')
      .option('--base-image <image>', 'image of the base server, with --head-image')
      .option('--head-image <image>', 'image of the head server')
      .option('--base-url <url>', 'running base server, with --head-url: a weaker verdict, no server cost')
      .option('--head-url <url>', 'running head server')
      .option('--base-command <command>', 'starts the base server on the port in PORT, with --head-command')
      .option('--head-command <command>', 'starts the head server on the port in PORT')
      .addOption(repeatable('--base-server-env <NAME=VALUE>', 'environment of the base server alone'))
      .addOption(repeatable('--head-server-env <NAME=VALUE>', 'environment of the head server alone'))
      .optionsGroup('The verdict:')
      .addOption(
        repeatable('--gate <metric>', 'metric that decides; repeatable (default: connect, ping, server-cpu)'),
      )
      .option('--seed <number>', 'seed of every order that is drawn (default: drawn, and printed)')
      .option(
        '--confirm <file>',
        'JSON of a failed comparison: fail only when what failed there fails here, too',
      )
      .option('--first-of-two', 'a failure counts when a second comparison confirms it: exit 0 until then')
      .option(
        '--unless-disarmed',
        'a failure is neutral while perf:self-check has found the gate to raise false alarms',
      )
      .option('--for-change <commit>', 'confirms the step that perf:history found from this commit on')
      .option(
        '--bisect <good..bad>',
        'find the commit that made the server worse, by comparisons along the way',
      )
      .option('--strict', 'exit 3 when the verdict is inconclusive')
      .option('--json <file>', 'everything, for programs')
      .option('--markdown <file>', 'verdict, table and sentences as Markdown')
      .option('--html <file>', 'page with charts, for a browser')
      .option('--no-color', 'no colours')
      .optionsGroup('How both servers are reached:'),
  );
