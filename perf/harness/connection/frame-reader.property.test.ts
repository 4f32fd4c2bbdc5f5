import { assert, asyncProperty, sample } from 'fast-check';
import { expect, test } from 'vitest';
import { FrameWalk } from './frame-walk.ts';
import { compareMutatedFrames, expectSameEvents } from './testing/compare-frames.ts';
import { frameStream } from './testing/frame-stream.ts';
import { frame } from './testing/raw-server.ts';
import { readByWs } from './testing/read-frames.ts';

test('frames with changed bytes are heard as the Receiver of ws hears them, wherever reads end', async () => {
  await compareMutatedFrames(500);
});

test('frames are heard as the Receiver of ws hears them when they are split in two at any position', async () => {
  await assert(
    asyncProperty(frameStream, async (bytes) => {
      for (const place of bytes.keys()) await expectSameEvents(bytes, [place]);
    }),
    { numRuns: 30 },
  );
});

test('the streams compared reach whole messages, closes and errors of many kinds', async () => {
  const kinds = new Set<string>();
  for (const bytes of sample(frameStream, 500)) {
    for (const event of await readByWs([bytes], 150))
      kinds.add(
        event
          .split(' ')
          .slice(0, event.startsWith('broken') ? 2 : 1)
          .join(' '),
      );
  }
  expect([...kinds]).toEqual(
    expect.arrayContaining([
      'message',
      'ping',
      'pong',
      'close',
      'broken WS_ERR_UNSUPPORTED_MESSAGE_LENGTH',
      'broken WS_ERR_INVALID_UTF8',
      'broken WS_ERR_UNEXPECTED_MASK',
      'broken WS_ERR_UNEXPECTED_RSV_1',
      'broken WS_ERR_UNEXPECTED_RSV_2_3',
      'broken WS_ERR_INVALID_OPCODE',
    ]),
  );
});

test('a stream stands between two messages exactly where the Receiver of ws has heard the last of them whole', () => {
  const messages = [
    frame(0x81, 'one'),
    Buffer.concat([frame(0x01, 'fragment'), frame(0x89, 'ping'), frame(0x00, ''), frame(0x80, 'end')]),
    frame(0x8a, ''),
    Buffer.concat([Buffer.from([0x82, 126, 1, 0]), Buffer.alloc(256)]),
    Buffer.concat([Buffer.from([0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70]), Buffer.alloc(70_000)]),
    frame(0x81, ''),
  ];
  const bytes = Buffer.concat(messages);
  let at = 0;
  const ends = new Set(messages.map(({ length }) => (at += length)));
  const walk = new FrameWalk();
  for (let position = 0; position < bytes.length; position += 1) {
    walk.take(bytes, position, position + 1);
    if (walk.isBetweenMessages !== ends.has(position + 1))
      expect.fail(`Wrong after ${String(position + 1)} bytes.`);
  }
  const inOne = new FrameWalk();
  inOne.take(bytes, 0, bytes.length);
  expect(inOne.isBetweenMessages).toBe(true);
});
