import { expect, test } from 'vitest';
import { describeMessageCount, judgeMessageCount, messageCountOf } from './judge-message-count.ts';

const both = (base: readonly number[], head: readonly number[]): Parameters<typeof judgeMessageCount>[0] => ({
  base: messageCountOf(base),
  head: messageCountOf(head),
});

test.each([
  [[2, 2], [2, 2], 'pass', 'messages: 2 a connection at base and head'],
  [[2], [1], 'fail', 'FAIL messages: base 2 → head 1 a connection. Counts are compared exactly.'],
  [[2], [3], 'fail', 'FAIL messages: base 2 → head 3 a connection. Counts are compared exactly.'],
  [[2], [3, 4], 'fail', 'FAIL messages: base 2 → head 3 to 4 a connection. Counts are compared exactly.'],
  [
    [2, 3],
    [2, 4],
    'varies',
    'messages: base 2 to 3 → head 2 to 4 a connection; they vary by themselves, and are not compared',
  ],
  [
    [2],
    [],
    'varies',
    'messages: base 2 → head none a connection; they vary by themselves, and are not compared',
  ],
])('%j messages at base and %j at head: %s', (base, head, outcome, line) => {
  expect(judgeMessageCount(both(base, head))).toBe(outcome);
  expect(describeMessageCount(both(base, head))).toBe(line);
});

test('more operations than a call takes arguments are counted, too', () => {
  expect(messageCountOf(Array.from({ length: 500_000 }, (_, index) => index % 3))).toEqual({
    fewest: 0,
    most: 2,
  });
});
