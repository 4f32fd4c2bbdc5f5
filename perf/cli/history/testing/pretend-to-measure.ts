import { comparisonOf } from '../../../compare/testing/comparison-of.ts';
import type { MeasuredBlock } from '../../../compare/run-block.ts';
import { runGit } from '../../../tracking/history/testing/make-clones.ts';
import { newSessionId } from '../../../session/default-settings.ts';
import type { Environment } from '../../read-target.ts';
import { keepComparison } from '../keep-comparison.ts';
import type { AskedComparison, MeasureCommits } from '../measure-commits.ts';

/** A gate that takes no time: it finds what the blocks say, and leaves its record as a real one does. */
export const pretendToMeasure = (
  root: string,
  environment: Environment,
  blocksOf: (asked: AskedComparison) => readonly MeasuredBlock[],
): { readonly measure: MeasureCommits; readonly asked: readonly AskedComparison[] } => {
  const asked: AskedComparison[] = [];
  const measure: MeasureCommits = async (one) => {
    asked.push(one);
    const made = comparisonOf(blocksOf(one));
    const head = await runGit(root, 'rev-parse', 'HEAD');
    const base = one.base === 'HEAD' ? head : one.base;
    const now = new Date(Date.now() + asked.length).toISOString();
    const comparison = {
      ...made,
      sessionId: newSessionId(new Date()),
      startedAt: now,
      finishedAt: now,
      base: { ...made.base, commit: base },
      head: { ...made.head, commit: head },
    };
    const kept = await keepComparison(comparison, { root, environment, confirmsChange: one.forChange });
    if (kept.outcome !== 'kept') throw new Error(JSON.stringify(kept));
    return comparison;
  };
  return { measure, asked };
};
