import {
  array,
  constantFrom,
  integer,
  nat,
  oneof,
  sample,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check';
import { startClock } from '../clock.ts';
import { openConnection } from '../open-connection.ts';
import { dialSettings, dialTo, listening } from './dial-to.ts';
import { frame, onRequest, startRawServer, switchingProtocols } from './raw-server.ts';

const someFrame: Arbitrary<Buffer> = oneof(
  tuple(constantFrom(0x81, 0x82, 0x89, 0x8a, 0x01, 0x80), uint8Array({ maxLength: 125 })).map(
    ([firstByte, payload]) => frame(firstByte, Buffer.from(payload)),
  ),
  tuple(integer({ min: 0, max: 255 }), uint8Array({ maxLength: 125 })).map(([firstByte, payload]) =>
    frame(firstByte, Buffer.from(payload)),
  ),
  constantFrom(frame(0x88, ''), frame(0x88, Buffer.from([0x03, 0xe8])), Buffer.from([0x82, 0x7f, 0xff])),
);

/** Frames with a few bytes changed, and the places at which they are split into packets. */
const stream: Arbitrary<{ readonly bytes: Buffer; readonly splits: readonly number[] }> = tuple(
  array(someFrame, { minLength: 1, maxLength: 8 }).map((frames) => Buffer.concat(frames)),
  array(tuple(nat(1_000), integer({ min: 1, max: 255 })), { maxLength: 2 }),
  array(nat(300), { maxLength: 2 }),
).map(([bytes, changes, splits]) => {
  for (const [at, change] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
  return { bytes, splits };
});

/** Has a connection face each of `count` random streams; gives how many closes each was told of. */
export const faceRandomFrames = async (count: number, seed: number): Promise<readonly number[]> => {
  const streams = sample(stream, { numRuns: count, seed });
  await using server = await startRawServer((socket) => {
    onRequest(socket, (request) => {
      socket.setNoDelay(true);
      socket.write(switchingProtocols(request));
      const given = streams[Number(/^GET \/(\d+) /u.exec(request)?.[1])];
      if (given === undefined) return;
      let from = 0;
      for (const end of [...given.splits.toSorted((a, b) => a - b), given.bytes.length]) {
        socket.write(given.bytes.subarray(from, end));
        from = Math.max(from, end);
      }
      socket.end();
    });
  });
  const ends: number[] = [];
  for (const index of streams.keys()) {
    const heard = listening();
    const dial = dialTo(`${server.url}/${String(index)}`);
    const opening = await openConnection(dial, dialSettings(), startClock(), heard);
    if (opening.outcome === 'opened') await heard.closed;
    ends.push(heard.closes.length);
  }
  await server.allClosed();
  return ends;
};
