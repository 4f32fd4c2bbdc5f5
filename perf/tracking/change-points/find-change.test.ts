import { expect, test } from 'vitest';
import { findChange, type HistoryPoint } from './find-change.ts';

/** Scatter without a pattern: the fractional parts of multiples of the golden ratio, from −1 to 1. */
const scatter = (index: number): number => (((index + 1) * 0.618_033_988_75) % 1) * 2 - 1;

const points = (
  count: number,
  lossAt: (index: number) => number,
  more: Partial<HistoryPoint> = {},
): readonly HistoryPoint[] =>
  Array.from({ length: count }, (_none, index) => ({
    commit: `c${String(index)}`,
    logLoss: lossAt(index) + 0.008 * scatter(index),
    referenceId: 'perf-reference-1',
    runnerClass: 'ubuntu-24.04/4',
    ...more,
  }));

const stepAt =
  (changeAt: number, ratio: number) =>
  (index: number): number =>
    index >= changeAt ? Math.log1p(ratio) : 0;

test('below 18 points it says that it is collecting', () => {
  expect(findChange(points(17, stepAt(10, 0.5)))).toEqual({ state: 'collecting', points: 17, needed: 18 });
  expect(findChange([])).toEqual({ state: 'collecting', points: 0, needed: 18 });
});

test('a history without a step is steady', () => {
  expect(findChange(points(40, () => 0))).toEqual({ state: 'steady', points: 40 });
});

test('a step of 5 % is a candidate that names the commits around it, and what to compare', () => {
  expect(findChange(points(40, stepAt(32, 0.05)))).toMatchObject({
    state: 'candidate',
    points: 40,
    change: {
      lastGood: 'c31',
      firstBad: 'c32',
      pointsBefore: 32,
      pointsAfter: 8,
      compare: { base: 'c30', head: 'c39' },
    },
  });
});

test('five points after a step are enough, three are not', () => {
  expect(findChange(points(18, stepAt(13, 0.08))).state).toBe('candidate');
  expect(findChange(points(18, stepAt(15, 0.08))).state).toBe('steady');
});

test('a step for the better is no candidate', () => {
  expect(findChange(points(40, stepAt(25, -0.2))).state).toBe('steady');
});

test('a step below 3 % is none, however clear it is', () => {
  expect(findChange(points(40, stepAt(20, 0.027))).state).toBe('steady');
  expect(findChange(points(40, stepAt(20, 0.033))).state).toBe('candidate');
});

test('what lies more than 40 points back is not looked at', () => {
  const history = points(60, stepAt(20, 0.2));
  expect(findChange(history)).toEqual({ state: 'steady', points: 40 });
});

test.each([
  ['reference', { referenceId: 'perf-reference-2' }],
  ['class of runners', { runnerClass: 'ubuntu-26.04/4' }],
])('another %s begins the series anew', (_what, other) => {
  const history = [...points(30, () => 0), ...points(6, () => 0.3, other)];
  expect(findChange(history)).toEqual({ state: 'collecting', points: 6, needed: 18 });
});

const across = { base: 'c30', head: 'c39' };

test.each([
  ['confirmed', 'alert'],
  ['refuted', 'refuted'],
  ['inconclusive', 'candidate'],
] as const)('a candidate whose comparison was %s is: %s', (outcome, state) => {
  const history = points(40, stepAt(32, 0.05));
  expect(findChange(history, [{ firstBad: 'c32', ...across, outcome }]).state).toBe(state);
});

test('after three comparisons that could not tell it is unclear, and no candidate for a fourth, until one by hand can', () => {
  const history = points(40, stepAt(32, 0.05));
  const unclear = { firstBad: 'c32', ...across, outcome: 'inconclusive' } as const;
  expect(findChange(history, [unclear, unclear]).state).toBe('candidate');
  expect(findChange(history, [unclear, unclear, unclear]).state).toBe('unclear');
  const byHand = { ...unclear, outcome: 'confirmed' } as const;
  expect(findChange(history, [unclear, unclear, unclear, byHand]).state).toBe('alert');
});

test('a confirmation holds for the same change when its place has moved a little, and for no other', () => {
  const history = points(40, stepAt(32, 0.05));
  const moved = { base: 'c30', head: 'c39', outcome: 'confirmed' } as const;
  expect(findChange(history, [{ firstBad: 'c34', ...moved }]).state).toBe('alert');
  expect(findChange(history, [{ firstBad: 'c20', ...moved }]).state).toBe('candidate');
});

test.each([
  ['began after the step', 'c32', 'c39'],
  ['ended before it', 'c28', 'c31'],
  ['began at a commit that the history does not know', 'elsewhere', 'c39'],
])('a comparison for a place beside it that %s says nothing of it', (_what, base, head) => {
  const history = points(40, stepAt(32, 0.05));
  expect(findChange(history, [{ firstBad: 'c34', base, head, outcome: 'refuted' }]).state).toBe('candidate');
});

test('a comparison from further back than the search goes is across the step all the same', () => {
  const history = points(60, stepAt(52, 0.05));
  const wide = { firstBad: 'c53', base: 'c3', head: 'c59', outcome: 'confirmed' } as const;
  expect(findChange(history, [wide]).state).toBe('alert');
});

test('the newest confirmation decides', () => {
  const history = points(40, stepAt(32, 0.05));
  const confirmations = [
    { firstBad: 'c32', ...across, outcome: 'refuted' },
    { firstBad: 'c32', ...across, outcome: 'confirmed' },
  ] as const;
  expect(findChange(history, confirmations).state).toBe('alert');
});
