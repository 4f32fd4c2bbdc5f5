import { expect, test } from 'vitest';
import { logLoss, type BlockPair } from './block.ts';
import { readEvidence } from './evidence.ts';

const look = { blocks: 8, alpha: 0.004 };
const blocks: readonly BlockPair[] = [1.02, 1.05, 1.01, 0.99, 1.04, 1.06, 1.03, 1.08].map(
  (factor, index) => ({
    base: 10 + index,
    head: (10 + index) * factor,
  }),
);

test.each([
  ['lower', Math.log(1.1)],
  ['higher', -Math.log(1.1)],
] as const)('where %s is better, ten percent more is a loss of %d', (better, loss) => {
  expect(logLoss({ base: 2, head: 2.2 }, better)).toBeCloseTo(loss, 12);
});

test.each([
  [null, 1],
  [1, null],
  [0, 1],
  [1, Number.NaN],
])('base %d and head %d have no ratio', (base, head) => {
  expect(logLoss({ base, head }, 'lower')).toBeNull();
});

test('with eight blocks the bounds are the smallest and the largest loss', () => {
  const evidence = readEvidence({ better: 'lower' }, blocks, look);
  expect(evidence?.shift.lower).toBeCloseTo(Math.log(0.99), 12);
  expect(evidence?.shift.upper).toBeCloseTo(Math.log(1.08), 12);
  expect(evidence).toMatchObject({ worseBlocks: 7, base: 13.5, look });
});

test('where higher is better the same blocks are one loss and seven gains', () => {
  const evidence = readEvidence({ better: 'higher' }, blocks, look);
  expect(evidence?.shift.upper).toBeCloseTo(-Math.log(0.99), 12);
  expect(evidence?.worseBlocks).toBe(1);
});

test('blocks beyond the look are not read, and too few or empty ones give no evidence', () => {
  const more = [...blocks, { base: 1, head: 900 }];
  expect(readEvidence({ better: 'lower' }, more, look)).toEqual(
    readEvidence({ better: 'lower' }, blocks, look),
  );
  expect(readEvidence({ better: 'lower' }, blocks.slice(1), look)).toBeNull();
  expect(readEvidence({ better: 'lower' }, blocks.with(2, { base: null, head: 1 }), look)).toBeNull();
});
