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
