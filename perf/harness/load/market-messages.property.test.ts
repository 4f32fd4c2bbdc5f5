import {
  anything,
  assert,
  constantFrom,
  json,
  oneof,
  property,
  record,
  string,
  uint8Array,
} from 'fast-check';
import { expect, test } from 'vitest';
import { readMarketMessage } from './market-messages.ts';

const types = ['welcome', 'quote', 'snapshot', 'pong', 'other'];

test('bytes of any kind are read as one of the message types and never throw', () => {
  assert(
    property(uint8Array(), (bytes) => {
      expect(types).toContain(readMarketMessage(Buffer.from(bytes)).type);
    }),
  );
  assert(
    property(json(), (text) => {
      expect(types).toContain(readMarketMessage(Buffer.from(text)).type);
    }),
  );
});

test('a message with a known type and fields of any kind never throws', () => {
  const field = oneof(anything(), string(), constantFrom(1, 0.5, { toString: 1, valueOf: 1 }, []));
  const message = record({
    type: constantFrom('quote', 'snapshot', 'pong', 'welcome'),
    symbol: field,
    sequence: field,
    epoch: field,
    publishedAt: field,
    quotes: field,
    id: field,
  });
  assert(
    property(message, (given) => {
      const text = JSON.stringify(given, (_, value: unknown) =>
        typeof value === 'bigint' ? String(value) : value,
      );
      expect(types).toContain(readMarketMessage(Buffer.from(text)).type);
    }),
  );
});

test.for([
  '{"type":"quote","symbol":"A","sequence":1e999,"epoch":"e"}',
  '{"type":"quote","symbol":"A","sequence":1.5,"epoch":"e"}',
  '{"type":"quote","symbol":"A","sequence":"1","epoch":"e"}',
  '{"type":"quote","symbol":"A","sequence":1,"epoch":{"toString":1,"valueOf":1}}',
  '{"type":"quote","sequence":1,"epoch":"e"}',
  '{"type":"pong","id":"1"}',
  '{"type":"snapshot","quotes":{}}',
])('%s is none of the reference server’s messages', (text) => {
  expect(readMarketMessage(Buffer.from(text))).toEqual({ type: 'other' });
});

test.for([
  [
    '{"type":"quote","symbol":"A","sequence":3,"epoch":"e"}',
    {
      type: 'quote',
      quote: { symbol: 'A', series: '["A","e"]', sequence: 3, id: '["A","e"]3', publishedAtEpochMs: null },
    },
  ],
  [
    '{"type":"snapshot","quotes":[{"symbol":"A","sequence":3,"epoch":1,"publishedAt":1640995200456},{"symbol":"B"}]}',
    {
      type: 'snapshot',
      quotes: [
        {
          symbol: 'A',
          series: '["A","1"]',
          sequence: 3,
          id: '["A","1"]3',
          publishedAtEpochMs: 1_640_995_200_456,
        },
      ],
    },
  ],
  ['{"type":"pong","id":4}', { type: 'pong', id: 4 }],
] as const)('%s is read', ([text, message]) => {
  expect(readMarketMessage(Buffer.from(text))).toEqual(message);
});
