import { bisect, type BisectResult } from '../compare/bisect.ts';
import { git } from '../compare/servers/git.ts';
import { listCommits } from '../compare/servers/list-commits.ts';
import { compareOnce, type CompareContext } from './compare-once.ts';
import { exitCodes } from './exit-code.ts';

const describeResult = (result: BisectResult, names: ReadonlyMap<string, string>): string => {
  const nameOf = (commit: string): string => names.get(commit) ?? commit;
  switch (result.outcome) {
    case 'found':
      return `FOUND: ${nameOf(result.culprit)} is the first commit that is worse than the good one.`;
    case 'narrowed':
      return `NARROWED: it is one of ${result.candidates.map(nameOf).join('; ')}. Between them no verdict was clear.`;
    case 'not-worse':
      return result.verdict === 'pass'
        ? 'NOT FOUND: the bad commit is not worse than the good one.'
        : 'INCONCLUSIVE: the bad commit can not be told from the good one here. Run it on a quieter machine.';
    default:
      return result satisfies never;
  }
};

/** What a search among commits came to. */
export interface Bisection {
  readonly exitCode: number;
  /** `FOUND: …`, not printed yet. */
  readonly sentence: string;
}

/** Walks the commits of a range by paired comparisons with the good one, and names the culprit. */
export const bisectCommits = async (range: string, context: CompareContext): Promise<Bisection> => {
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
    const { verdict, metrics } = await compareOnce({ ...plan.request, opponents, seed }, context);
    terminal.print(metrics.filter(({ isGated }) => isGated).map(({ sentence }) => sentence));
    return verdict;
  });
  const sentence = describeResult(result, names);
  if (result.outcome !== 'not-worse') return { exitCode: exitCodes.broken, sentence };
  const isUnclear = result.verdict === 'inconclusive' && plan.isStrict;
  return { exitCode: isUnclear ? exitCodes.inconclusive : exitCodes.met, sentence };
};
