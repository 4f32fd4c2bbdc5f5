import { test } from 'vitest';
import { compareMutatedFrames } from './testing/compare-frames.ts';

test('10,000 streams of mutated frames are heard as the Receiver of ws hears them', async () => {
  await compareMutatedFrames(10_000);
});
