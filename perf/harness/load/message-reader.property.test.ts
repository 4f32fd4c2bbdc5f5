import { array, assert, constantFrom, integer, nat, property, record, tuple, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { readMarketMessage } from './market-messages.ts';
import { MessageReader } from './message-reader.ts';

const quote = record({
  type: constantFrom('quote', 'pong', 'other'),
  symbol: constantFrom('A', 'B'),
  sequence: integer({ min: 1, max: 12 }),
  id: integer({ min: 1, max: 3 }),
  epoch: constantFrom(1, 2),
}).map((message) => Buffer.from(JSON.stringify(message)));

test('what was kept is never taken for another message, however few slots they share', () => {
  assert(
    property(integer({ min: 1, max: 4 }), array(quote, { maxLength: 80 }), (slots, messages) => {
      const reader = new MessageReader(slots);
      for (const message of messages) expect(reader.read(message)).toEqual(readMarketMessage(message));
    }),
  );
});

test('a message that differs from a kept one in a single bit is read anew', () => {
  assert(
    property(quote, nat(), integer({ min: 0, max: 7 }), (message, position, bit) => {
      const reader = new MessageReader(1);
      reader.read(message);
      const changed = Buffer.from(message);
      const at = position % changed.length;
      changed[at] = (changed[at] as number) ^ (1 << bit);
      expect(reader.read(changed)).toEqual(readMarketMessage(changed));
    }),
  );
});

test('bytes of any kind and length are read as without it', () => {
  assert(
    property(array(tuple(uint8Array({ maxLength: 700 }), nat(2))), (given) => {
      const reader = new MessageReader(2);
      for (const [bytes, times] of given)
        for (let time = 0; time <= times; time += 1)
          expect(reader.read(Buffer.from(bytes))).toEqual(readMarketMessage(Buffer.from(bytes)));
    }),
  );
});

test('a quote that came before is not read again, also when its bytes were overwritten meanwhile', () => {
  const reader = new MessageReader();
  const text = '{"type":"quote","symbol":"A","sequence":3,"epoch":"e"}';
  const shared = Buffer.from(text);
  const first = reader.read(shared);
  shared.fill(0);
  expect(reader.read(Buffer.from(text))).toBe(first);
});
