import { expect, test } from 'vitest';
import { locateStep } from './locate-step.ts';

test('the step is where the values part, even though a value before it is the largest but those after', () => {
  const values = [1, 2, 1, 2, 1, 2, 3, 11, 12, 11, 12];
  expect(locateStep(values, { from: 2, to: 9 })).toBe(7);
});

test('one outlier before the step does not move it', () => {
  const values = [1, 2, 1, 2, 40, 2, 1, 2, 11, 12, 11, 12];
  expect(locateStep(values, { from: 2, to: 10 })).toBe(8);
});
