import type { Behaviour } from './behaviour.ts';
import type { ConversationStep } from './conversation.ts';
import { durationProblems, wholeNumberProblems } from './option-problems.ts';

/** Node's timers are no finer. */
const shortestPeriodMs = 1;

const isPattern = (source: string, flags: string): boolean => {
  try {
    return new RegExp(source, flags).source !== '';
  } catch {
    return false;
  }
};

const stepProblems = (step: ConversationStep, place: string): string[] => {
  switch (step.kind) {
    case 'send':
      return [];
    case 'expect': {
      const { expectation, withinMs } = step;
      const isWrong = expectation.kind === 'pattern' && !isPattern(expectation.source, expectation.flags);
      return [
        ...durationProblems(`withinSeconds of step ${place}`, withinMs),
        ...(isWrong ? [`step ${place} expects a match of what is no regular expression`] : []),
      ];
    }
    case 'pause':
      return durationProblems(`the pause of step ${place}`, step.durationMs);
    case 'repeat':
      return [
        ...wholeNumberProblems(`the repetition of step ${place}`, step.times),
        ...(step.steps.length === 0 ? [`step ${place} repeats nothing`] : []),
        ...step.steps.flatMap((inner, index) => stepProblems(inner, `${place}.${String(index + 1)}`)),
      ];
    default:
      return step satisfies never;
  }
};

/** Everything that is wrong with a behaviour, each as a sentence without its full stop. */
export const behaviourProblems = (behaviour: Behaviour): string[] => {
  switch (behaviour.kind) {
    case 'listen':
      return [];
    case 'ping':
      return durationProblems('everySeconds', behaviour.everyMs, shortestPeriodMs);
    case 'ping-loop':
      return durationProblems('thinkSeconds', behaviour.thinkMs);
    case 'subscribe':
      return behaviour.symbols.length > 0 && behaviour.symbols.every((symbol) => symbol !== '')
        ? []
        : ['subscribeTo has no symbol, or an empty one, but takes at least one'];
    case 'conversation':
      return behaviour.steps.length === 0
        ? ['the conversation has no steps, but takes at least one']
        : behaviour.steps.flatMap((step, index) => stepProblems(step, String(index + 1)));
    default:
      return behaviour satisfies never;
  }
};
