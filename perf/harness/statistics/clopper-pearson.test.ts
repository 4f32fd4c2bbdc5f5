import { expect, test } from 'vitest';
import { clopperPearson } from './clopper-pearson.ts';
import golden from './golden/intervals.json' with { type: 'json' };

test('the interval is the one that SciPy gives', () => {
  for (const { lower, upper, ...given } of golden.clopperPearson) {
    const interval = clopperPearson(given);
    expect(interval.lower, JSON.stringify(given)).toBeCloseTo(lower, 8);
    expect(interval.upper, JSON.stringify(given)).toBeCloseTo(upper, 8);
  }
});

test('twenty of twenty leave room for a true ratio below one', () => {
  const { lower, upper } = clopperPearson({ successes: 20, trials: 20, confidence: 0.95 });
  // (α/2)^(1/n), by hand.
  expect(lower).toBeCloseTo(0.025 ** (1 / 20), 10);
  expect(upper).toBe(1);
});

test.each([
  [1, 0],
  [3, 2],
  [-1, 5],
  [0.5, 5],
])('%d of %d is no ratio', (successes, trials) => {
  expect(() => clopperPearson({ successes, trials, confidence: 0.95 })).toThrow(
    `${successes} of ${trials} was given`,
  );
});
