import { expect, test } from 'vitest';
import { compareWithWs, unexplainedDifferences } from './testing/compare-with-ws.ts';
import { faceRandomFrames } from './testing/random-frames.ts';

test('an answer is accepted and refused as the ws package does, but for where we are stricter', async () => {
  const comparisons = await compareWithWs(500, Date.now());
  expect(unexplainedDifferences(comparisons)).toEqual([]);
  // The generator reaches both sides.
  expect(comparisons.filter(({ isOpenedByUs }) => isOpenedByUs).length).toBeGreaterThan(100);
  expect(comparisons.filter(({ isOpenedByUs }) => !isOpenedByUs).length).toBeGreaterThan(100);
});

test('a stream of mutated frames ends its connection once', async () => {
  const ends = await faceRandomFrames(500, Date.now());
  expect(ends.filter((closes) => closes !== 1)).toEqual([]);
});
