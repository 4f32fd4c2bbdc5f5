import { assert, integer, nat, property, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { KnownAnswer } from './known-answer.ts';
import { acceptValue, freshKey } from './upgrade-key.ts';

const answer = (accept: string, rest = ''): Buffer =>
  Buffer.from(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nServer: x\r\n\r\n${rest}`,
  );
const kept = acceptValue(freshKey());
const headBytes = answer(kept).length;

const known = (): KnownAnswer => {
  const knownAnswer = new KnownAnswer();
  knownAnswer.keep(answer(kept, 'frames'), headBytes, kept);
  return knownAnswer;
};

test('the same answer with the right accept value is known, whatever follows it', () => {
  const accept = acceptValue(freshKey());
  for (const rest of ['', 'x', 'frames of another length'])
    expect(known().length(answer(accept, rest), headBytes + rest.length, accept)).toBe(headBytes);
});

test('an answer that differs in any byte, or that is not whole, is not known', () => {
  const accept = acceptValue(freshKey());
  assert(
    property(nat(headBytes - 1), integer({ min: 1, max: 255 }), (at, change) => {
      const bytes = answer(accept);
      expect(known().length(bytes, at, accept)).toBe(0);
      bytes[at] = (bytes[at] as number) ^ change;
      expect(known().length(bytes, bytes.length, accept)).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});

test('the right answer to another key is not known', () => {
  expect(known().length(answer(kept), headBytes, acceptValue(freshKey()))).toBe(0);
});

test('nothing is known before an answer was kept, nor of one that says its accept value twice', () => {
  const twice = answer(`${kept}\r\nX-Again: ${kept}`);
  const knownAnswer = new KnownAnswer();
  knownAnswer.keep(twice, twice.length, kept);
  expect(knownAnswer.length(twice, twice.length, kept)).toBe(0);
  assert(
    property(uint8Array(), (bytes) => {
      expect(new KnownAnswer().length(Buffer.from(bytes), bytes.length, kept)).toBe(0);
    }),
  );
});
