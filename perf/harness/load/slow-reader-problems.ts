import { arrivalsProblems } from './arrivals-problems.ts';
import { durationProblems, wholeNumberProblems } from './option-problems.ts';
import { plannedAttempts } from './pacer.ts';
import type { LoadProfile } from './profile.ts';

/** Everything that is wrong with the slow readers of a profile, each as a sentence without its full stop. */
export const slowReaderProblems = ({ arrivals, slowReaders }: LoadProfile): string[] => {
  if (slowReaders === undefined) return [];
  const { oneIn, stopAtMs, forMs } = slowReaders;
  const problems = [
    ...wholeNumberProblems('oneIn', oneIn),
    ...durationProblems('stopAfterSeconds', stopAtMs),
    ...durationProblems('forSeconds', forMs, 1),
  ];
  // How many attempts there are follows from arrivals that have nothing wrong with them.
  if (problems.length > 0 || arrivalsProblems(arrivals).length > 0) return problems;
  const planned = plannedAttempts(arrivals);
  return planned < oneIn
    ? [`one in ${String(oneIn)} stops reading, which is nobody of ${String(planned)} connections`]
    : [];
};
