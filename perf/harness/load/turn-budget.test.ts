import { expect, test } from 'vitest';
import { TurnBudget } from './turn-budget.ts';

test('one more may start after a short turn, half as many after a long one', () => {
  const budget = new TurnBudget({ targetMs: 1, min: 1, max: 16, first: 2 });
  const seen = [1, 0.2, 1, 1.01, 5, 5, 0.1].map((turnMs) => {
    budget.turnTook(turnMs);
    return budget.starts;
  });
  expect(seen).toEqual([3, 4, 5, 2, 1, 1, 2]);
});

test.for([
  { costMs: 0.1, least: 6 },
  { costMs: 0.5, least: 1 },
  { costMs: 3, least: 1 },
])(
  'where a start costs $costMs ms, turns settle within twice the target or at one start',
  ({ costMs, least }) => {
    const budget = new TurnBudget({ targetMs: 1, min: 1, max: 16, first: 2 });
    const settled: number[] = [];
    for (let turn = 0; turn < 200; turn += 1) {
      if (turn >= 50) settled.push(budget.starts);
      budget.turnTook(budget.starts * costMs);
    }
    expect(Math.max(...settled) * costMs).toBeLessThanOrEqual(Math.max(2, 2 * costMs));
    expect(settled.reduce((a, b) => a + b) / settled.length).toBeGreaterThanOrEqual(least);
  },
);
