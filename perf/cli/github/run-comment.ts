import { isDeepStrictEqual } from 'node:util';
import type { Comparison } from '../../compare/comparison-record.ts';
import { failedParts } from '../../compare/failed-parts.ts';
import { annotation } from '../../reports/github/annotation.ts';
import { comparisonComment, type CommentedComparison } from '../../reports/github/comparison-comment.ts';
import { exitCodes } from '../exit-code.ts';
import { print } from '../history/print.ts';
import { printProblems } from '../print-problems.ts';
import type { Environment } from '../read-target.ts';
import { findPullRequests } from './find-pull-requests.ts';
import type { GitHubAccess } from './github-client.ts';
import { GitHubError } from './github-error.ts';
import { putComment } from './put-comment.ts';
import { readUntrustedComparison } from './read-untrusted-comparison.ts';
import { withRetries, type Waiting } from './with-retries.ts';
import { readFinishedRun, type FinishedRun } from './workflow-run-event.ts';

/** The options of `comment` as they were typed. */
export interface CommentOptions {
  readonly comparison: string;
  readonly confirmation?: string;
  readonly author?: string;
}

/** Who comments with the token that GitHub gives to a workflow. */
const defaultAuthor = 'github-actions[bot]';

const warn = (message: string): number => {
  process.stdout.write(`${annotation('warning', 'No comment', message)}\n`);
  return exitCodes.met;
};

const readAccess = (environment: Environment, problems: string[]): GitHubAccess => {
  const {
    GITHUB_TOKEN: token = '',
    GITHUB_REPOSITORY: repository = '',
    GITHUB_API_URL: apiUrl = 'https://api.github.com',
  } = environment;
  if (token === '') problems.push('GITHUB_TOKEN is not set. Pass ${{ github.token }} by env:.');
  if (!/^(?!\.{1,2}\/)[\w.-]+\/(?!\.{1,2}$)[\w.-]+$/u.test(repository))
    problems.push(`GITHUB_REPOSITORY is "${repository}", but must be owner/name, as GitHub Actions sets it.`);
  if (!/^https?:\/\/[^\s?#]+$/u.test(apiUrl))
    problems.push(`GITHUB_API_URL is "${apiUrl}", which is no address.`);
  return { token, repository, apiUrl: apiUrl.replace(/\/$/u, '') };
};

const readRun = async (environment: Environment, problems: string[]): Promise<FinishedRun | null> => {
  const file = environment['GITHUB_EVENT_PATH'] ?? '';
  try {
    return await readFinishedRun(file);
  } catch {
    problems.push(
      `GITHUB_EVENT_PATH is "${file}", which holds no event of a finished workflow. Run this in a workflow on workflow_run.`,
    );
    return null;
  }
};

const confirmsThis = (first: Comparison, { confirms, base, head }: Comparison): boolean =>
  confirms?.sessionId === first.sessionId &&
  isDeepStrictEqual(confirms.failed, failedParts(first)) &&
  base.commit === first.base.commit &&
  head.commit === first.head.commit;

/** What is to be said, or why nothing can be. */
const readComparisons = async (
  { comparison, confirmation }: CommentOptions,
  { headSha, url }: FinishedRun,
): Promise<CommentedComparison | string> => {
  const first = await readUntrustedComparison(comparison);
  if (first.outcome === 'absent') return 'the run left no comparison. Its log says why';
  if (first.outcome === 'unusable') return `the run’s comparison can not be used: ${first.reason}`;
  const { commit } = first.comparison.head;
  if (commit !== null && commit !== headSha) return 'the comparison is of another commit than the run';
  const second =
    confirmation === undefined
      ? ({ outcome: 'absent' } as const)
      : await readUntrustedComparison(confirmation);
  if (second.outcome === 'unusable') return `the run’s confirmation can not be used: ${second.reason}`;
  if (second.outcome === 'absent') return { first: first.comparison, confirmation: null, runUrl: url };
  // One of an earlier attempt of the run stays until another takes its place.
  const isOfFirst = confirmsThis(first.comparison, second.comparison);
  if (!isOfFirst) print(['The confirmation belongs to another comparison, and is left aside.']);
  return { first: first.comparison, confirmation: isOfFirst ? second.comparison : null, runUrl: url };
};

/**
 * Puts the comparison of a finished workflow run onto its pull request, as one comment that is changed in place. What GitHub's
 * API or the artifact does wrong is a warning, and never an exit code: no verdict depends on it.
 */
export const runComment = async (
  options: CommentOptions,
  environment: Environment,
  waiting?: Waiting,
): Promise<number> => {
  const problems: string[] = [];
  const access = readAccess(environment, problems);
  const run = await readRun(environment, problems);
  if (problems.length > 0 || run === null) return printProblems(problems);
  const said = await readComparisons(options, run);
  if (typeof said === 'string') return warn(`${said}.`);
  const body = comparisonComment(said);
  const author = options.author ?? defaultAuthor;
  try {
    const pullRequests = await withRetries(() => findPullRequests(access, run), waiting);
    if (pullRequests.length === 0)
      print(['No open pull request has this commit as its newest: nothing to say.']);
    for (const pullRequest of pullRequests) {
      const wanted = { pullRequest, author, body };
      const done = await withRetries(() => putComment(access, wanted), waiting);
      print([`Pull request ${String(pullRequest)}: comment ${done}`]);
    }
    return exitCodes.met;
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return warn(`${error.message}. The verdict stands: it does not depend on the comment.`);
  }
};
