import { expect, test } from 'vitest';
import { memoryRise } from './memory-rise.ts';

const readings = (bytes: readonly (number | null)[]) =>
  bytes.map((memoryBytes, second) => ({ atMs: second * 1_000, memoryBytes }));
/** The first four seconds, and those from the fourth on. */
const windows = { before: { fromMs: 0, untilMs: 3_500 }, during: { fromMs: 3_501, untilMs: 1e9 } };

test.for([
  ['the highest counts, above the usual', [10, 12, 11, 90, 20, 30, 50, 40, 30], 50 - 11.5],
  ['memory that only falls rose by less than nothing', [10, 10, 10, 10, 9, 9, 8, 8, 8], -1],
  ['three readings before and five during are enough', [10, 10, 10, null, 11, 11, 11, 11, 11], 1],
  ['two before say nothing', [10, 10, null, null, 11, 11, 11, 11, 11], null],
  ['four during say nothing', [10, 10, 10, 10, 11, 11, 11, 11, null], null],
] as const)('%s', ([, bytes, value]) => {
  expect(memoryRise(readings(bytes), windows)).toMatchObject({ value, unit: 'bytes' });
});
