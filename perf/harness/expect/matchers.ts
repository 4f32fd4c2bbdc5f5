import type { MatcherState } from 'vitest';
import { judge } from '../thresholds/judge.ts';
import { describeThreshold, explainVerdict } from '../thresholds/describe-verdict.ts';
import type { Threshold } from '../thresholds/threshold.ts';
import { isRun } from './run.ts';

declare module 'vitest' {
  // oxlint-disable-next-line no-unused-vars -- the parameters have to be those of Vitest's own declaration
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** All thresholds hold for the run. Each is judged, also when an earlier one is broken. */
    toMeet: (...thresholds: Threshold[]) => R;
  }
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
      failed.length === 0
        ? thresholds.map(describeThreshold).join('; ')
        : failed.map((verdict) => explainVerdict(verdict, run)).join('\n'),
  };
}

/** What `expect.extend` is given. */
export const matchers = { toMeet };
