import type { Behaviour } from './behaviour.ts';
import { durationProblems } from './option-problems.ts';

/** Node's timers are no finer. */
const shortestPeriodMs = 1;

/** Everything that is wrong with a behaviour, each as a sentence without its full stop. */
export const behaviourProblems = (behaviour: Behaviour): string[] => {
  switch (behaviour.kind) {
    case 'listen':
      return [];
    case 'ping':
      return durationProblems('everySeconds', behaviour.everyMs, shortestPeriodMs);
    default:
      return behaviour satisfies never;
  }
};
