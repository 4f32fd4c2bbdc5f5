import { expect, test } from 'vitest';
import { compareWithWs, unexplainedDifferences } from './testing/compare-with-ws.ts';
import { noSocketIsLeft } from './testing/no-socket-is-left.ts';
import { faceRandomFrames } from './testing/random-frames.ts';

test('10,000 mutated answers are accepted and refused as by the ws package, and no socket is left', async () => {
  expect(unexplainedDifferences(await compareWithWs(10_000, Date.now()))).toEqual([]);
  await noSocketIsLeft();
});

test('10,000 streams of mutated frames end each connection once, and no socket is left', async () => {
  const ends = await faceRandomFrames(10_000, Date.now());
  expect(ends.filter((closes) => closes !== 1)).toEqual([]);
  await noSocketIsLeft();
});
