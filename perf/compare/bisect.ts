/** What a comparison of a commit with the good one says. */
export type StepVerdict = 'pass' | 'fail' | 'inconclusive';

/** One comparison on the way. */
export interface BisectStep {
  readonly commit: string;
  readonly verdict: StepVerdict;
}

/** What a bisection found. */
export type BisectResult = { readonly steps: readonly BisectStep[] } & (
  | /** The first commit that is worse than the good one. */ {
      readonly outcome: 'found';
      readonly culprit: string;
    }
  | /** It is one of these: between them no verdict was clear. */ {
      readonly outcome: 'narrowed';
      readonly candidates: readonly string[];
    }
  | /** The bad commit is not worse than the good one, as far as could be measured. */ {
      readonly outcome: 'not-worse';
      readonly verdict: Exclude<StepVerdict, 'fail'>;
    }
);

/** The positions strictly between two, the middle one first and then outward. */
const fromTheMiddle = (after: number, before: number): number[] => {
  const middle = Math.floor((after + before) / 2);
  return Array.from({ length: before - after - 1 }, (_, index) => after + 1 + index).toSorted(
    (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
  );
};

/**
 * Finds the first of `commits` (oldest first, the bad one last) that is worse than the good one they follow, by comparing each
 * tried one with that good one: so every comparison has the whole loss to find, never a part of it. A commit that gives no
 * clear verdict is passed over for its neighbours.
 */
export const bisect = async (
  commits: readonly string[],
  compareWithGood: (commit: string) => Promise<StepVerdict>,
): Promise<BisectResult> => {
  const steps: BisectStep[] = [];
  const judge = async (position: number): Promise<StepVerdict> => {
    const commit = commits[position] ?? '';
    const verdict = await compareWithGood(commit);
    steps.push({ commit, verdict });
    return verdict;
  };
  let bad = commits.length - 1;
  const first = await judge(bad);
  if (first !== 'fail') return { outcome: 'not-worse', verdict: first, steps };
  let good = -1;
  const unclear = new Set<number>();
  for (;;) {
    const next = fromTheMiddle(good, bad).find((position) => !unclear.has(position));
    if (next === undefined) break;
    const verdict = await judge(next);
    if (verdict === 'fail') bad = next;
    else if (verdict === 'pass') good = next;
    else unclear.add(next);
  }
  const candidates = commits.slice(good + 1, bad + 1);
  const [culprit = ''] = candidates;
  return candidates.length === 1
    ? { outcome: 'found', culprit, steps }
    : { outcome: 'narrowed', candidates, steps };
};
