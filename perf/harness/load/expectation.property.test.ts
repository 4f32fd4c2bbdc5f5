import { assert, json, jsonValue, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { describeExpectation, hasSubset, testFor, type Json } from './expectation.ts';

test('whatever JSON says has itself as a subset', () => {
  assert(
    property(jsonValue(), (value) => {
      const there: unknown = JSON.parse(JSON.stringify(value));
      expect(hasSubset(there, there as Json)).toBe(true);
    }),
  );
});

test('an object may have more keys than are expected, and none fewer', () => {
  assert(
    property(jsonValue(), jsonValue(), (one, other) => {
      const message = JSON.stringify({ one, other });
      const subset = JSON.parse(JSON.stringify({ one })) as Json;
      expect(testFor({ kind: 'json', subset })(message)).toBe(true);
      expect(testFor({ kind: 'json', subset: { ...(subset as object), missing: 1 } })(message)).toBe(false);
    }),
  );
});

test('no message makes an expectation throw', () => {
  assert(
    property(string(), json(), (text, message) => {
      for (const given of [text, message]) {
        expect(typeof testFor({ kind: 'json', subset: { a: [1] } })(given)).toBe('boolean');
        expect(testFor({ kind: 'text', text: given })(given)).toBe(true);
      }
    }),
  );
});

test.for<readonly [unknown, Json, boolean]>([
  [{ type: 'pong', id: 1, at: 5 }, { type: 'pong', id: 1 }, true],
  [{ type: 'pong', id: 2 }, { type: 'pong', id: 1 }, false],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1 } }, true],
  [{ a: [1, { b: 2, c: 3 }] }, { a: [1, { b: 2 }] }, true],
  [{ a: [1, 2] }, { a: [1] }, false],
  [{ a: null }, { a: null }, true],
  [{}, { a: null }, false],
  [{ a: {} }, { a: [] }, false],
  [[], {}, false],
  [{}, { constructor: {} }, false],
  ['1', 1, false],
])('%j has %j: %s', ([value, subset, has]) => {
  expect(hasSubset(value, subset)).toBe(has);
});

test('a regular expression finds its match in each message anew, whatever its flags', () => {
  const isMatch = testFor({ kind: 'pattern', source: 'a', flags: 'gi' });
  expect([isMatch('xA'), isMatch('xA'), isMatch('b')]).toEqual([true, true, false]);
  expect(describeExpectation({ kind: 'pattern', source: 'a', flags: 'i' })).toBe('/a/i');
});
