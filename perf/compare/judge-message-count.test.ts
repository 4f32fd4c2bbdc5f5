import { expect, test } from 'vitest';
import { describeMessageCount, judgeMessageCount } from './judge-message-count.ts';

test.each([
  [2, 2, 'PASS initial messages: 2 a connection at base and head'],
  [2, 1, 'FAIL initial messages: base 2 → head 1 a connection. Counts are compared exactly.'],
  [2, 3, 'FAIL initial messages: base 2 → head 3 a connection. Counts are compared exactly.'],
])('%d messages at base and %d at head', (base, head, line) => {
  expect(judgeMessageCount({ base, head })).toBe(line.startsWith('PASS') ? 'pass' : 'fail');
  expect(describeMessageCount('initial messages', { base, head })).toBe(line);
});
