import { bisect, type BisectResult } from '../compare/bisect.ts';
import { git, gitOrNull } from '../compare/servers/git.ts';
import { listCommits } from '../compare/servers/list-commits.ts';
import { compareOnce, type CompareContext } from './compare-once.ts';
import { exitCodes } from './exit-code.ts';
import { isAboutServers } from './is-about-servers.ts';
import { messageOf } from './message-of.ts';

const describeResult = (result: BisectResult, names: ReadonlyMap<string, string>): string => {
  const nameOf = (commit: string): string => names.get(commit) ?? commit;
  switch (result.outcome) {
    case 'found':
      return `FOUND: ${nameOf(result.culprit)} is the first commit that fails against the good one.`;
    case 'narrowed':
      return `NARROWED: it is one of ${result.candidates.map(nameOf).join('; ')}. Between them no clear verdict was to be had.`;
    case 'not-worse':
      return result.verdict === 'pass'
        ? 'NOT FOUND: the bad commit passes against the good one. What that rules out is said above.'
        : 'INCONCLUSIVE: the bad commit can not be told from the good one here. Run it on a quieter machine.';
    default:
      return result satisfies never;
  }
};

const shortLength = 10;
const short = (commit: string): string => commit.slice(0, shortLength);

/** How to go on where the culprit is a merge, which stands for all commits that it brought; empty where it is none. */
const describeMerge = async (root: string, culprit: string): Promise<string> => {
  const merged = await gitOrNull(root, 'rev-parse', '--verify', '--quiet', `${culprit}^2`);
  const forkedAt = merged === null ? null : await gitOrNull(root, 'merge-base', `${culprit}^1`, merged);
  return merged === null || forkedAt === null
    ? ''
    : ` It is a merge. Among the commits that it brought: npm run perf:compare -- --bisect ${short(forkedAt)}..${short(merged)}`;
};

/** What a search among commits came to. */
export interface Bisection {
  readonly exitCode: number;
  /** `FOUND: …`, not printed yet. */
  readonly sentence: string;
}

/**
 * Walks the commits of a range by paired comparisons with the good one, and names the culprit. A commit whose server can not be
 * built or started is passed over for its neighbours; the bad one may not be.
 */
export const bisectCommits = async (
  range: string,
  context: CompareContext,
  compare: typeof compareOnce = compareOnce,
): Promise<Bisection> => {
  const { plan, terminal } = context;
  const { root, good, commits } = await listCommits(plan.root, range);
  terminal.print([`${String(commits.length)} commits of ${range} change the server.`]);
  const names = new Map(
    await Promise.all(
      commits.map(
        async (commit) =>
          [commit, await git(root, 'show', '--no-patch', '--format=%h (%an, %cs) %s', commit)] as const,
      ),
    ),
  );
  let step = 0;
  const result = await bisect(commits, async (commit) => {
    step += 1;
    terminal.print(['', `step ${String(step)}: ${names.get(commit) ?? commit}`]);
    const opponents = { kind: 'commits', base: good, head: commit } as const;
    // Another seed at every step, and the same ones when the first is given again.
    const seed = plan.request.seed + step - 1;
    try {
      const { verdict, metrics } = await compare({ ...plan.request, opponents, seed }, context);
      terminal.print(metrics.filter(({ isGated }) => isGated).map(({ sentence }) => sentence));
      return verdict;
    } catch (error) {
      // In the first step it may be the good one as well, without which there is nothing to compare with.
      if (!isAboutServers(error) || step === 1 || context.signal.aborted) throw error;
      terminal.print([`Passed over, since it can not be measured: ${messageOf(error)}`]);
      return 'inconclusive';
    }
  });
  const merge = result.outcome === 'found' ? await describeMerge(root, result.culprit) : '';
  const sentence = `${describeResult(result, names)}${merge}`;
  if (result.outcome !== 'not-worse') return { exitCode: exitCodes.broken, sentence };
  const isUnclear = result.verdict === 'inconclusive' && plan.isStrict;
  return { exitCode: isUnclear ? exitCodes.inconclusive : exitCodes.met, sentence };
};
