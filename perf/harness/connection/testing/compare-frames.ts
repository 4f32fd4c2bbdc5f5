import { assert, asyncProperty } from 'fast-check';
import { expect } from 'vitest';
import { cutAt, cuts, mutatedFrameStream } from './frame-stream.ts';
import { readByUs, readByWs } from './read-frames.ts';

/** Small enough for some of the streams to have larger messages. */
const maxMessageBytes = 150;

/** Asserts that ours hears the same as the Receiver of `ws`, error codes and all, of bytes that arrive in these pieces. */
export const expectSameEvents = async (bytes: Buffer, places: readonly number[]): Promise<void> => {
  const pieces = cutAt(bytes, places);
  const [ours, theirs] = await Promise.all([
    readByUs(pieces, maxMessageBytes),
    readByWs(pieces, maxMessageBytes),
  ]);
  expect(ours).toEqual(theirs);
};

/** Asserts the same of `count` random streams with up to three bytes changed, each as a whole, in pieces, and byte by byte. */
export const compareMutatedFrames = async (count: number): Promise<void> => {
  await assert(
    asyncProperty(mutatedFrameStream(3), cuts, async (bytes, places) => {
      await expectSameEvents(bytes, []);
      await expectSameEvents(bytes, places);
      await expectSameEvents(bytes, [...bytes.keys()]);
    }),
    { numRuns: count },
  );
};
