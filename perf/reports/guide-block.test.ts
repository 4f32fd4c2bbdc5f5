import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { guideBlock } from './guide-block.ts';
import { renderers } from './render-report.ts';
import { makeRecord, makeScenario } from './testing/make-record.ts';

const guide = readFileSync(
  new URL('../../fixtures/guide/websocket-performance-testing-guide.md', import.meta.url),
  'utf8',
);
const [simple, good, poor] = [
  ...guide.matchAll(/^```\n(?<block>=== WebSocket Test Results ===\n[^]*?)\n```$/gmu),
].map(({ groups }) => groups?.['block'] ?? '');

test.each([
  ['first example', simple, { successful: 18, failed: 2, messages: 38, connectTimeMs: [245, 231, 189, 412] }],
  ['good example', good, { successful: 49, failed: 1, messages: 103, connectTimeMs: [234, 221, 189, 345] }],
  [
    'poor example',
    poor,
    { successful: 35, failed: 15, messages: 42, connectTimeMs: [1234, 1156, 789, 2456] },
  ],
] as const)('the guide’s %s is printed to the letter', (_name, block, run) => {
  const record = makeRecord(run);
  expect(guideBlock(record).join('\n')).toBe(block);
  // And so does a report of the record, with nothing else in the block.
  const scenario = makeScenario({ records: [record] });
  const text = renderers.text({ sessions: [], scenarios: [scenario] });
  expect(text.split('\n\nPercentiles')[0]).toBe(`✓ basic: clients connect\n\n${String(block)}`);
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
