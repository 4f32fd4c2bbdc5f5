/** Node's timers hold no more; a longer one would fire at once. */
export const longestTimerMs = 2 ** 31 - 1;

const msPerSecond = 1_000;

const unless = (isGood: boolean, option: string, given: string, expected: string): string[] =>
  isGood ? [] : [`${option} is ${given}, but takes ${expected}`];

/** What is wrong with a number of things, as a sentence without its full stop; nothing where it is right. */
export const wholeNumberProblems = (option: string, given: number, least = 1): string[] =>
  unless(
    Number.isSafeInteger(given) && given >= least,
    option,
    String(given),
    `a whole number, at least ${String(least)}`,
  );

/** What is wrong with a seed. */
export const seedProblems = (given: number): string[] =>
  unless(
    Number.isInteger(given) && given >= 0 && given < 2 ** 32,
    'seed',
    String(given),
    'a whole number from 0 to 4294967295',
  );

/** What is wrong with a duration; the author wrote it in seconds. */
export const durationProblems = (option: string, givenMs: number, leastMs = 0): string[] =>
  unless(
    givenMs >= leastMs && givenMs <= longestTimerMs,
    option,
    String(givenMs / msPerSecond),
    `a number of seconds, ${String(leastMs / msPerSecond)} or more and less than 25 days`,
  );

/** What is wrong with a number a second; with `least` 0 it may be 0. */
export const rateProblems = (option: string, given: number, isZeroAllowed: boolean): string[] =>
  unless(
    Number.isFinite(given) && (isZeroAllowed ? given >= 0 : given > 0),
    option,
    String(given),
    isZeroAllowed ? 'a number, 0 or more' : 'a number above 0',
  );
