import { CompareError } from '../../compare/compare-error.ts';
import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonText } from '../../reports/comparison-text.ts';
import { compareOnce } from '../compare-once.ts';
import type { Measuring } from '../measure-with-stop.ts';
import { readComparisonPlan } from '../read-comparison.ts';
import type { Environment } from '../read-target.ts';
import { writeComparison } from '../write-comparison.ts';

/** A comparison of what is checked out with another commit, for the history. */
export interface AskedComparison {
  readonly base: string;
  /** Names of metrics; empty for the default ones. */
  readonly gate: readonly string[];
  /** The first commit after a step of the history that it is to confirm. */
  readonly forChange: string | null;
}

/** Measures a comparison and keeps it in the local history. */
export type MeasureCommits = (asked: AskedComparison) => Promise<Comparison>;

/** Makes the function that measures really; `target` is that of `perf:compare`. */
export const commitsMeasurer = (
  measuring: Measuring,
  {
    root,
    environment,
    target,
  }: { readonly root: string; readonly environment: Environment; readonly target: string | undefined },
): MeasureCommits => {
  return async ({ base, gate, forChange }) => {
    const reading = await readComparisonPlan(
      {
        base,
        head: 'HEAD',
        ...(gate.length > 0 && { gate }),
        ...(forChange !== null && { forChange }),
        ...(target !== undefined && { target }),
      },
      environment,
      root,
    );
    if (reading.outcome === 'invalid') throw new CompareError('REQUEST_INVALID', reading.problems.join(' '));
    const { plan } = reading;
    const comparison = await compareOnce(plan.request, { ...measuring, plan, disarmed: null });
    measuring.terminal.print(['', ...comparisonText(comparison)]);
    measuring.terminal.print(await writeComparison(comparison, plan, environment));
    return comparison;
  };
};
