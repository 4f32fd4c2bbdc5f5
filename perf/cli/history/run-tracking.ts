import { CompareError } from '../../compare/compare-error.ts';
import { comparisonStopped } from '../../reports/comparison-stopped.ts';
import { annotation } from '../../reports/github/annotation.ts';
import { codeBlock } from '../../reports/markdown.ts';
import { HistoryError } from '../../tracking/history/history-error.ts';
import { bisectCommits } from '../bisect-commits.ts';
import { exitCodes } from '../exit-code.ts';
import { appendSummary } from '../github/append-summary.ts';
import { measureWithStop, type Measuring } from '../measure-with-stop.ts';
import { messageOf } from '../message-of.ts';
import { printProblems } from '../print-problems.ts';
import { readComparisonPlan } from '../read-comparison.ts';
import { readCount } from '../read-number.ts';
import type { Environment } from '../read-target.ts';
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

type Say = (lines: readonly string[]) => void;

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

const carryOut = async (
  environment: Environment,
  act: (measuring: Measuring, say: Say) => Promise<number>,
): Promise<number> =>
  measureWithStop({ secrets: [], environment, whenStopped: comparisonStopped }, async (measuring) => {
    const said: string[] = [];
    const say: Say = (lines) => {
      said.push(...lines);
      measuring.terminal.print(lines);
    };
    try {
      const exitCode = await act(measuring, say);
      await reportToGitHub(said, exitCode, environment);
      return exitCode;
    } catch (error) {
      if (error instanceof HistoryError) return printProblems([messageOf(error)]);
      throw error;
    }
  });

/** Makes the function that searches really; where it can not, what is confirmed stays so. */
const commitsBisector =
  (
    measuring: Measuring,
    { root, environment, target }: Parameters<typeof commitsMeasurer>[1],
  ): TrackOptions['bisect'] =>
  async (range, gate) => {
    const options = { bisect: range, gate, ...(target !== undefined && { target }) };
    const reading = await readComparisonPlan(options, environment, root);
    try {
      if (reading.outcome === 'invalid') throw new CompareError('COMMIT_UNKNOWN', reading.problems.join(' '));
      const context = { ...measuring, plan: reading.plan, disarmed: null };
      return (await bisectCommits(range, context)).sentence;
    } catch (error) {
      if (!(error instanceof CompareError)) throw error;
      return `NOT SEARCHED: ${error.message}`;
    }
  };

/** Tracks what is checked out: see `trackCommit`. */
export const runTrack = async (
  options: TrackingOptions,
  environment: Environment,
  root: string,
): Promise<number> => {
  const problems: string[] = [];
  const settings = await readHistorySettings(options, root, problems);
  if (problems.length > 0) return printProblems(problems);
  const { target } = options;
  return carryOut(environment, (measuring, say) =>
    trackCommit({
      root,
      settings,
      say,
      measure: commitsMeasurer(measuring, { root, environment, target }),
      bisect: commitsBisector(measuring, { root, environment, target }),
    }),
  );
};

/** Runs gates of a server against itself: see `selfCheck`. */
export const runSelfCheck = async (
  options: TrackingOptions,
  environment: Environment,
  root: string,
): Promise<number> => {
  const problems: string[] = [];
  const settings = await readHistorySettings(options, root, problems);
  const gates = readCount('--gates', options.gates, 1, problems) ?? defaultGates;
  if (problems.length > 0) return printProblems(problems);
  const { target } = options;
  return carryOut(environment, (measuring, say) =>
    selfCheck({
      root,
      environment,
      settings,
      gates,
      say,
      measure: commitsMeasurer(measuring, { root, environment, target }),
    }),
  );
};
