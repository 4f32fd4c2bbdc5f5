import { TargetError } from '../../../fixtures/targets/index.ts';
import { CompareError } from '../../compare/compare-error.ts';
import { comparisonStopped } from '../../reports/comparison-stopped.ts';
import { annotation } from '../../reports/github/annotation.ts';
import { codeBlock } from '../../reports/markdown.ts';
import { HistoryError } from '../../tracking/history/history-error.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { bisectCommits } from '../bisect-commits.ts';
import { exitCodes } from '../exit-code.ts';
import { findUnwritable } from '../find-unwritable.ts';
import { appendSummary } from '../github/append-summary.ts';
import { measureWithStop, type Measuring } from '../measure-with-stop.ts';
import { messageOf } from '../message-of.ts';
import { printProblems } from '../print-problems.ts';
import { readComparisonPlan } from '../read-comparison.ts';
import { readCount } from '../read-number.ts';
import type { Environment } from '../read-target.ts';
import { comparisonDirectory } from '../write-comparison.ts';
import { commitsMeasurer } from './measure-commits.ts';
import { readHistorySettings } from './read-history-settings.ts';
import { selfCheck } from './self-check.ts';
import { trackCommit, type TrackOptions } from './track-commit.ts';

/** The options of `track` and `self-check` as they were typed. */
export interface TrackingOptions {
  readonly target?: string;
  readonly gates?: string;
  readonly remote?: string;
  readonly branch?: string;
}

/** What a night costs by default: about a quarter of an hour. */
const defaultGates = 5;

/** On GitHub the words also become the job's summary, and a bad end an annotation. */
const reportToGitHub = async (
  said: readonly string[],
  exitCode: number,
  environment: Environment,
): Promise<void> => {
  const warnings = await appendSummary(`${codeBlock(said.join('\n').trim()).join('\n')}\n`, environment);
  for (const line of warnings) process.stdout.write(`${line}\n`);
  if (environment['GITHUB_ACTIONS'] !== 'true' || exitCode !== exitCodes.broken) return;
  process.stdout.write(`${annotation('error', 'WebSocket performance', said.slice(-3).join('\n').trim())}\n`);
};

/** What a command that measures commits for the history works with. */
interface Tools extends TrackOptions {
  readonly environment: Environment;
}

/** Where commits are measured, and on which target. */
type Place = Parameters<typeof commitsMeasurer>[1];

/** Makes the function that searches really; where it can not, what is confirmed stays so. */
const commitsBisector =
  (measuring: Measuring, { root, environment, target }: Place): TrackOptions['bisect'] =>
  async (range, gate) => {
    const options = { bisect: range, gate, ...(target !== undefined && { target }) };
    const reading = await readComparisonPlan(options, environment, root);
    try {
      if (reading.outcome === 'invalid')
        throw new CompareError('REQUEST_INVALID', reading.problems.join(' '));
      const context = { ...measuring, plan: reading.plan, disarmed: null };
      return (await bisectCommits(range, context)).sentence;
    } catch (error) {
      if (!(error instanceof CompareError || error instanceof TargetError)) throw error;
      return `NOT SEARCHED: ${error.message}`;
    }
  };

/** What was typed, where. */
interface TypedTracking {
  readonly options: TrackingOptions;
  readonly environment: Environment;
  readonly root: string;
  /** Found in it already. */
  readonly problems: string[];
}

/** Reads where the history is kept, carries out what is to be measured, and returns the exit code. */
const withTools = async (
  { options, environment, root, problems }: TypedTracking,
  act: (tools: Tools) => Promise<number>,
): Promise<number> => {
  const { target } = options;
  const settings = await readHistorySettings(options, root, problems);
  // What is wrong with the target is so of every comparison, and known before the first.
  const reading = await readComparisonPlan({ ...(target !== undefined && { target }) }, environment, root);
  if (reading.outcome === 'invalid') problems.push(...reading.problems);
  if (problems.length > 0) return printProblems(problems);
  const unwritable = await findUnwritable({
    recordDirectories: [comparisonDirectory(root), historyDirectory(root)],
    startsServers: true,
  });
  if (unwritable.length > 0) return printProblems(unwritable);
  const place = { root, environment, target };
  return measureWithStop({ secrets: [], environment, whenStopped: comparisonStopped }, async (measuring) => {
    const said: string[] = [];
    const say: TrackOptions['say'] = (lines) => {
      said.push(...lines);
      measuring.terminal.print(lines);
    };
    const measure = commitsMeasurer(measuring, place);
    const bisect = commitsBisector(measuring, place);
    try {
      const exitCode = await act({ root, environment, settings, measure, bisect, say });
      await reportToGitHub(said, exitCode, environment);
      return exitCode;
    } catch (error) {
      if (error instanceof HistoryError) return printProblems([messageOf(error)]);
      throw error;
    }
  });
};

/** Tracks what is checked out: see `trackCommit`. */
export const runTrack = (options: TrackingOptions, environment: Environment, root: string): Promise<number> =>
  withTools({ options, environment, root, problems: [] }, trackCommit);

/** Runs gates of a server against itself: see `selfCheck`. */
export const runSelfCheck = (
  options: TrackingOptions,
  environment: Environment,
  root: string,
): Promise<number> => {
  const problems: string[] = [];
  const gates = readCount('--gates', options.gates, 1, problems) ?? defaultGates;
  return withTools({ options, environment, root, problems }, (tools) => selfCheck({ ...tools, gates }));
};
