import type { MatcherState } from 'vitest';
import { judge } from '../thresholds/judge.ts';
import { describeThreshold } from '../thresholds/describe-verdict.ts';
import { explainVerdicts } from '../thresholds/explain-verdicts.ts';
import type { Threshold } from '../thresholds/threshold.ts';
import { isRun } from './run.ts';

/** What `expect(run)` can do beyond Vitest's own matchers. */
export interface RunMatchers<Result> {
  /** All thresholds hold for the run. Each is judged, also when an earlier one is broken. */
  toMeet: (...thresholds: Threshold[]) => Result;
}

declare module 'vitest' {
  // oxlint-disable-next-line no-unused-vars -- the parameters have to be those of Vitest's own declaration
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends RunMatchers<R> {}
}

function toMeet(
  this: MatcherState,
  run: unknown,
  ...thresholds: Threshold[]
): { pass: boolean; message: () => string } {
  if (!isRun(run)) {
    throw new TypeError(
      'toMeet judges a run: write expect(await load(…)).toMeet(below(connectTime, "mean", 500)).',
    );
  }
  if (thresholds.length === 0)
    throw new TypeError('toMeet needs at least one threshold: no promise is no pass.');
  for (const one of thresholds as unknown[]) {
    if (typeof one === 'object' && one !== null && 'comparison' in one) continue;
    throw new TypeError(
      `toMeet was given ${String(one)}, but it takes thresholds: below(connectTime, "mean", 500).`,
    );
  }
  if (this.isNot) {
    throw new TypeError(
      'A promise is not judged with .not: state the opposite limit instead (above for below).',
    );
  }
  const verdicts = thresholds.map((threshold) => judge(threshold, run));
  run.verdicts.push(...verdicts);
  const failed = verdicts.filter(({ outcome }) => outcome !== 'met');
  return {
    pass: failed.length === 0,
    message: () =>
      failed.length === 0 ? thresholds.map(describeThreshold).join('; ') : explainVerdicts(failed, run),
  };
}

/** What `expect.extend` is given. */
export const matchers = { toMeet };
