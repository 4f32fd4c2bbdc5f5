import {
  array,
  assert,
  constant,
  constantFrom,
  double,
  integer,
  nat,
  oneof,
  property,
  record,
  string,
  tuple,
} from 'fast-check';
import { expect, test } from 'vitest';
import { pingMessage, plainPongId } from './ping-message.ts';

const idByParsing = (data: Buffer): number | null => {
  try {
    const value = JSON.parse(data.toString('utf8')) as { type?: unknown; id?: unknown } | null;
    return value?.type === 'pong' && typeof value.id === 'number' ? value.id : null;
  } catch {
    return null;
  }
};

const agrees = (data: Buffer): void => {
  const id = plainPongId(data);
  if (id !== null) expect(id).toBe(idByParsing(data));
};

const wholeNumber = oneof(nat(), integer({ min: 0, max: 999_999_999_999_999 }));
const anyNumber = oneof(wholeNumber, integer(), double({ noNaN: true }), constantFrom(-0, 1e21, 1e-7, 1e15));
const pong = record(
  { type: constant('pong'), id: wholeNumber, sentAt: wholeNumber, serverTime: wholeNumber },
  { requiredKeys: ['type', 'id'] },
);

test('a pong as the reference server writes it has the id that parsing gives it', () => {
  assert(
    property(pong, (message) => {
      const data = Buffer.from(JSON.stringify(message));
      expect(plainPongId(data)).toBe(message.id);
      expect(plainPongId(data)).toBe(idByParsing(data));
    }),
    { numRuns: 1_000 },
  );
});

test('a pong with some bytes changed, added or cut is either left to parsing or has the id that parsing gives it', () => {
  const change = tuple(nat(80), oneof(constantFrom(...Buffer.from('0123456789{}",: e.-\\')), nat(255)));
  assert(
    property(pong, array(change, { maxLength: 3 }), nat(80), string(), (message, changes, cutAt, tail) => {
      const text = JSON.stringify(message);
      const data = Buffer.from(text);
      for (const [at, byte] of changes) data[at % data.length] = byte;
      agrees(data);
      agrees(data.subarray(0, cutAt));
      agrees(Buffer.concat([data, Buffer.from(tail)]));
      agrees(Buffer.from(text.slice(0, cutAt) + tail + text.slice(cutAt)));
    }),
    { numRuns: 5_000 },
  );
});

test('other fields, other orders and other numbers are either left to parsing or have the id that it gives', () => {
  const field = tuple(
    constantFrom('type', 'id', 'sentAt', 'serverTime', 'x'),
    oneof(anyNumber, constantFrom('pong', 'ping')),
  );
  assert(
    property(array(field, { maxLength: 5 }), (fields) => {
      // Not by an object: JSON may say a name twice, and the last one counts.
      const pairs = fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      agrees(Buffer.from(`{${['"type":"pong"', ...pairs].join(',')}}`));
      agrees(Buffer.from(`{${pairs.join(',')}}`));
    }),
    { numRuns: 5_000 },
  );
});

test.for([
  ['{"type":"pong","id":0}', 0],
  ['{"type":"pong","id":00}', null],
  ['{"type":"pong","id":-1}', null],
  ['{"type":"pong","id":1.5}', null],
  ['{"type":"pong","id":1e3}', null],
  ['{"type":"pong","id":}', null],
  ['{"type":"pong","id":"1"}', null],
  ['{"type":"pong","id":999999999999999}', 999_999_999_999_999],
  ['{"type":"pong","id":1000000000000000}', null],
  ['{"type":"pong","id":1,"sentAt":}', null],
  ['{"type":"pong","id":1,"sentAt":2,"serverTime":3}', 1],
  ['{"type":"pong","id":1,"id":2}', null],
  ['{"type":"pong","id":1,"sentAt":2', null],
  ['{"type":"pong","id":1}}', null],
  ['{"type":"ping","id":1}', null],
  ['', null],
] as const)('%s gives %s', ([text, id]) => {
  expect(plainPongId(Buffer.from(text))).toBe(id);
});

test('a ping is the JSON that the reference server expects', () => {
  expect(JSON.parse(pingMessage(7))).toEqual({ type: 'ping', id: 7, sentAt: expect.any(Number) as number });
});
