import { HarnessError } from '../harness-error.ts';
import { arrivalsProblems } from './arrivals-problems.ts';
import { behaviourProblems } from './behaviour-problems.ts';
import { durationProblems } from './option-problems.ts';
import { slowReaderProblems } from './slow-reader-problems.ts';
import type { LoadProfile } from './profile.ts';

/** @throws HarnessError PLAN_INVALID with everything that keeps the profile from being driven. */
export const assertProfile = (profile: LoadProfile): void => {
  const { arrivals, holdMs, whileOpen } = profile;
  const problems = [
    ...arrivalsProblems(arrivals),
    ...durationProblems('holdSeconds', holdMs),
    ...behaviourProblems(whileOpen),
    ...slowReaderProblems(profile),
  ];
  if (problems.length === 0) return;
  throw new HarnessError(
    'PLAN_INVALID',
    `The load profile (${arrivals.kind}, ${whileOpen.kind}) can not be driven; correct it in the scenario:\n` +
      problems.map((problem) => `  - ${problem}.`).join('\n'),
  );
};
