import {
  array,
  assert,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  string,
  tuple,
  uint8Array,
} from 'fast-check';
import { expect, test } from 'vitest';
import { switchingProtocols } from './testing/raw-server.ts';
import { UpgradeResponse, type ResponseProgress } from './upgrade-response.ts';

const valid = Buffer.from(
  switchingProtocols('Sec-WebSocket-Key: x\r\n', 'Sec-WebSocket-Protocol: bearer\r\n'),
);

type Result = { readonly progress: ResponseProgress; readonly rest: string };

/** Reads an answer in pieces that end at the given places, until the reader has decided. */
const readInPieces = (bytes: Buffer, ends: readonly number[]): Result => {
  const response = new UpgradeResponse();
  let from = 0;
  for (const end of [...ends.filter((each) => each < bytes.length).toSorted((a, b) => a - b), bytes.length]) {
    const piece = bytes.subarray(from, end);
    const progress = response.read(piece, piece.length);
    if (progress.kind === 'complete') {
      const rest = bytes.toString('latin1', from + progress.restFrom);
      return { progress: { ...progress, restFrom: 0 }, rest };
    }
    if (progress.kind === 'broken') return { progress, rest: '' };
    from = end;
  }
  return { progress: { kind: 'incomplete' }, rest: '' };
};

const part = oneof(
  constantFrom(
    'HTTP/1.1 101 Switching Protocols\r\n',
    'HTTP/1.0 503 Busy\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
  ),
  constantFrom('Upgrade: websocket\r\n', 'Connection: Upgrade\r\n', ': \r\n', '\r\n', '\n', '\r', '\r\n\r\n'),
  string({ maxLength: 30 }),
  constantFrom(`X-Long: ${'x'.repeat(16_000)}\r\n`, 'y'.repeat(400)),
);
const answer = oneof(
  array(part, { maxLength: 12 }).map((parts) => Buffer.from(parts.join(''), 'latin1')),
  array(part, { maxLength: 12 }).map((parts) =>
    Buffer.from(`HTTP/1.1 101 Switching Protocols\r\n${parts.join('')}\r\n\r\nrest`, 'latin1'),
  ),
  // A valid answer with a few bytes replaced.
  array(tuple(nat(valid.length - 1), integer({ min: 0, max: 255 })), { maxLength: 4 }).map((changes) => {
    const bytes = Buffer.from(valid);
    for (const [at, value] of changes) bytes[at] = value;
    return bytes;
  }),
  uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
);

const everywhere = (bytes: Buffer): number[] => Array.from(bytes.keys());

test('how an answer is split changes nothing of what is read', () => {
  assert(
    property(answer, array(nat(17_000), { maxLength: 8 }), (bytes, ends) => {
      expect(readInPieces(bytes, ends)).toEqual(readInPieces(bytes, []));
    }),
    { numRuns: 2_000 },
  );
});

test('an answer that comes byte by byte is read as one that comes at once', () => {
  const withRest = Buffer.concat([valid, Buffer.from('rest')]);
  expect(readInPieces(withRest, everywhere(withRest)).progress).toMatchObject({
    kind: 'complete',
    head: { status: 101, upgrade: 'websocket', subprotocol: 'bearer' },
  });
  assert(
    property(answer, (bytes) => {
      expect(readInPieces(bytes, everywhere(bytes))).toEqual(readInPieces(bytes, []));
    }),
    { numRuns: 100 },
  );
});

test('what is read is within the limit, or broken', () => {
  assert(
    property(nat(40_000), (length) => {
      const bytes = Buffer.from(`HTTP/1.1 101 Ok\r\nX: ${'x'.repeat(length)}\r\n\r\n`);
      expect(readInPieces(bytes, []).progress.kind).toBe(bytes.length <= 16_384 ? 'complete' : 'broken');
    }),
  );
});
