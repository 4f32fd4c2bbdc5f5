import { expect, test } from 'vitest';
import { binomialTail } from './binomial-tail.ts';

test.each([
  ['more successes than trials', { successes: 3, trials: 2, probability: 0.5 }],
  ['a fraction', { successes: 0.5, trials: 2, probability: 0.5 }],
  ['no probability', { successes: 1, trials: 2, probability: 1.5 }],
  ['certainty', { successes: 1, trials: 2, probability: 1 }],
])('%s is a wrong argument', (_title, given) => {
  expect(() => binomialTail(given)).toThrow(TypeError);
});

test('at least none is certain', () => {
  expect(binomialTail({ successes: 0, trials: 0, probability: 0.01 })).toBe(1);
});
