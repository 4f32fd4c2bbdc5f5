import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

test.each([
  [[], ''],
  [[0, 0], '  '],
  [[1, 2, 3, 4, 5, 6, 7, 8], '▁▂▃▄▅▆▇█'],
  [[0, null, 8], '  █'],
  // Something is never drawn as nothing.
  [[1, 1_000], '▁█'],
])('%j is drawn as "%s"', (values, line) => {
  expect(sparkline(values)).toBe(line);
});

test.each([
  [[], ''],
  [[100, 101, 102], '▁▄█'],
  [[-2, null, -1], '▁ █'],
  [[7, 7], '▁▁'],
])('from the lowest on %j is drawn as "%s"', (values, line) => {
  expect(sparkline(values, 'lowest')).toBe(line);
});
