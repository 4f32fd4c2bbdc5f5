import type { Evidence } from '../thresholds/judge.ts';
import type { ExplainedRun } from '../thresholds/describe-verdict.ts';
import type { Verdict } from '../thresholds/verdict.ts';

const runBrand = Symbol.for('ws-perf-gate.run');

/** A run as matchers see it: its evidence, and where its verdicts are written down. */
export interface JudgeableRun extends Evidence, ExplainedRun {
  readonly [runBrand]: true;
  /** Every verdict that a matcher gave, in order; they end up in the run's record. */
  readonly verdicts: Verdict[];
}

/** Makes a run out of its evidence, ready to be judged. */
export const judgeable = <Data extends Evidence & ExplainedRun>(data: Data): Data & JudgeableRun => ({
  ...data,
  [runBrand]: true,
  verdicts: [],
});

/** Whether a value given to `expect` is a run. */
export const isRun = (value: unknown): value is JudgeableRun =>
  typeof value === 'object' && value !== null && runBrand in value;
