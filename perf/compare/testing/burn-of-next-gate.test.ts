import { expect, test } from 'vitest';
import { burnOfNextGate } from './burn-of-next-gate.ts';

test.each<[string, readonly number[], number]>([
  ['no gate yet', [], 0.5],
  ['a machine that is as fast as then', [4], 0.5],
  ['one that takes twice as long', [8, 8, 8], 1],
  ['one that takes half as long', [2], 0.25],
  ['one gate out of the row', [4, 4, 400, 4, 4], 0.5],
  ['what was before the latest five', [400, 400, 400, 400, 400, 400, 8, 8, 8, 8, 8], 1],
])('with %s, the busy work is in proportion', (_what, baseConnectMs, burnMs) => {
  const gates = baseConnectMs.map((ms) => ({ baseConnectMs: ms }));
  expect(burnOfNextGate({ burnMs: 0.5, baseMs: 4 }, gates)).toBe(burnMs);
});
