import { expect, test } from 'vitest';
import { guideBlock } from './guide-block.ts';
import { makeRecord } from './testing/make-record.ts';

// The guide's three examples, to the letter.
const simple = `=== WebSocket Test Results ===
Total Connections: 20
Successful: 18
Failed: 2
Success Rate: 90.0%

Connection Times (successful):
  Average: 0.245s
  Median: 0.231s
  Min: 0.189s
  Max: 0.412s

Messages Received:
  Average: 2.1
  Total: 38`;

const good = `=== WebSocket Test Results ===
Total Connections: 50
Successful: 49
Failed: 1
Success Rate: 98.0%

Connection Times (successful):
  Average: 0.234s
  Median: 0.221s
  Min: 0.189s
  Max: 0.345s

Messages Received:
  Average: 2.1
  Total: 103`;

const poor = `=== WebSocket Test Results ===
Total Connections: 50
Successful: 35
Failed: 15
Success Rate: 70.0%

Connection Times (successful):
  Average: 1.234s
  Median: 1.156s
  Min: 0.789s
  Max: 2.456s

Messages Received:
  Average: 1.2
  Total: 42`;

test.each([
  ['first example', simple, { successful: 18, failed: 2, messages: 38, connectTimeMs: [245, 231, 189, 412] }],
  ['good example', good, { successful: 49, failed: 1, messages: 103, connectTimeMs: [234, 221, 189, 345] }],
  [
    'poor example',
    poor,
    { successful: 35, failed: 15, messages: 42, connectTimeMs: [1234, 1156, 789, 2456] },
  ],
] as const)('the guide’s %s is printed to the letter', (_name, block, run) => {
  expect(guideBlock(makeRecord(run)).join('\n')).toBe(block);
});

test('without a success, times and the average of messages read n/a', () => {
  const block = guideBlock(makeRecord({ successful: 0, failed: 3, messages: 0 }));
  expect(block).toContain('Success Rate: 0.0%');
  expect(block.filter((line) => line.endsWith(': n/a'))).toHaveLength(5);
  expect(block.at(-1)).toBe('  Total: 0');
});

test('without an attempt, the success rate reads n/a', () => {
  expect(guideBlock(makeRecord({ successful: 0, messages: 0 }))).toContain('Success Rate: n/a');
});

test.each([
  [1_999, 1, 'Success Rate: 99.9%'],
  [2_000, 0, 'Success Rate: 100.0%'],
])('rounding never hides a failure: %i of successes, %i failed', (successful, failed, line) => {
  expect(guideBlock(makeRecord({ successful, failed }))).toContain(line);
});
