import { array, assert, double, property } from 'fast-check';
import { expect, test } from 'vitest';
import { TurnBudget } from './turn-budget.ts';

test('the budget stays within its bounds, whatever turns take', () => {
  assert(
    property(array(double({ min: 0, max: 1_000, noNaN: true })), (turnsMs) => {
      const budget = new TurnBudget({ min: 2, max: 9, first: 4 });
      for (const turnMs of turnsMs) {
        budget.turnTook(turnMs);
        expect(budget.starts).toBeGreaterThanOrEqual(2);
        expect(budget.starts).toBeLessThanOrEqual(9);
      }
    }),
  );
});
