import {
  array,
  constantFrom,
  integer,
  nat,
  oneof,
  string,
  tuple,
  uint8Array,
  type Arbitrary,
} from 'fast-check';

const bytesOf = (unit: 'binary' | 'grapheme', maxLength: number): Arbitrary<Buffer> =>
  string({ unit, maxLength }).map((text) => Buffer.from(text));

const payload: Arbitrary<Buffer> = oneof(
  bytesOf('grapheme', 30),
  bytesOf('binary', 30),
  uint8Array({ maxLength: 125 }).map((bytes) => Buffer.from(bytes)),
  constantFrom(0, 1, 124, 125, 126, 200).map((length) => Buffer.alloc(length, 'x')),
);

/** A frame as servers send it (RFC 6455 §5.2), its length written in so many bytes: more than needed is allowed. */
const frameOf = (firstByte: number, body: Buffer, lengthBytes: number): Buffer => {
  const shortest = body.length > 125 ? 2 : 0;
  const bytes = Math.max(lengthBytes, shortest);
  const length = Buffer.alloc(bytes);
  if (bytes > 0) length.writeUInt16BE(body.length, bytes - 2);
  const second = bytes === 0 ? body.length : bytes === 2 ? 126 : 127;
  return Buffer.concat([Buffer.from([firstByte, second]), length, body]);
};

const lengthBytes = constantFrom(0, 0, 0, 0, 2, 8);
const whole = tuple(constantFrom(0x81, 0x82, 0x89, 0x8a), payload, lengthBytes).map(([first, body, bytes]) =>
  [0x89, 0x8a].includes(first) ? frameOf(first, body.subarray(0, 125), 0) : frameOf(first, body, bytes),
);
/** A message in fragments, with a ping between them (RFC 6455 §5.4). */
const fragmented = tuple(
  constantFrom(0x01, 0x02),
  array(payload, { minLength: 1, maxLength: 3 }),
  lengthBytes,
).map(([first, bodies, bytes]) =>
  Buffer.concat([
    ...bodies.map((body, index) => frameOf(index === 0 ? first : 0x00, body, bytes)),
    frameOf(0x89, Buffer.from('between'), 0),
    frameOf(0x80, Buffer.from('end'), bytes),
  ]),
);
const odd = tuple(nat(255), payload, lengthBytes).map(([first, body, bytes]) => frameOf(first, body, bytes));
const masked = payload.map((body) => {
  const bytes = frameOf(0x81, Buffer.concat([Buffer.from([1, 2, 3, 4]), body.subarray(0, 100)]), 0);
  bytes[1] = (bytes[1] as number) | 0x80;
  return bytes;
});
const closing = constantFrom(
  frameOf(0x88, Buffer.alloc(0), 0),
  frameOf(0x88, Buffer.from([0x03, 0xe8]), 0),
  frameOf(0x88, Buffer.from([0x03, 0xf3, 0x62, 0x79, 0x65]), 0),
  frameOf(0x88, Buffer.from([0x03]), 0),
  frameOf(0x88, Buffer.from([0x03, 0xee]), 0),
  Buffer.from([0x82, 0x7f, 0xff]),
);

/** Some frames after each other: mostly what servers send, and now and then what none should. */
export const frameStream: Arbitrary<Buffer> = array(
  oneof(
    { weight: 12, arbitrary: whole },
    { weight: 4, arbitrary: fragmented },
    { weight: 1, arbitrary: odd },
    { weight: 1, arbitrary: masked },
    { weight: 1, arbitrary: closing },
  ),
  { minLength: 1, maxLength: 8 },
).map((frames) => Buffer.concat(frames));

/** Such frames with up to `most` of their bytes changed. */
export const mutatedFrameStream = (most: number): Arbitrary<Buffer> =>
  tuple(frameStream, array(tuple(nat(1_000), integer({ min: 1, max: 255 })), { maxLength: most })).map(
    ([frames, changes]) => {
      const bytes = Buffer.from(frames);
      for (const [at, change] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
      return bytes;
    },
  );

/** Where a stream of bytes is cut into the pieces that reads from a socket give. */
export const cuts: Arbitrary<readonly number[]> = array(nat(600), { maxLength: 6 });

/** The pieces of a stream; none is empty. */
export const cutAt = (bytes: Buffer, places: readonly number[]): Buffer[] => {
  const ends = [...new Set(places)]
    .filter((place) => place > 0 && place < bytes.length)
    .toSorted((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
};
