import { expect, test } from 'vitest';
import type { Indicator } from '../harness/thresholds/grade.ts';
import { gradeLines } from './grade-lines.ts';

const connectionTime: Indicator = {
  name: 'Connection Time',
  text: 'average 0.234 s (good < 0.5 s, warning sign > 1 s)',
  grade: 'good',
};
const successRate: Indicator = {
  name: 'Success Rate',
  text: '70.0 % (good > 95 %, warning sign < 90 %)',
  grade: 'poor',
};
const messageReception: Indicator = {
  name: 'Message Reception',
  text: '98.0 % of the connections received their initial messages (good: all)',
  grade: 'warning',
};

test('a verdict stands above each of the guide’s benchmarks that it came from', () => {
  expect(gradeLines({ word: 'poor', indicators: [connectionTime, successRate, messageReception] }))
    .toMatchInlineSnapshot(`
    [
      "Performance: poor – 2 of the guide’s 3 indicators that apply are not met",
      "  ✓ Connection Time: average 0.234 s (good < 0.5 s, warning sign > 1 s)",
      "  ✗ Success Rate: 70.0 % (good > 95 %, warning sign < 90 %)",
      "  ! Message Reception: 98.0 % of the connections received their initial messages (good: all)",
    ]
  `);
});

test.each([
  ['good', [connectionTime], 'Performance: good – all 1 of the guide’s indicators that apply are met'],
  [
    'warning',
    [connectionTime, messageReception],
    'Performance: warning – 1 of the guide’s 2 indicators that apply is not met',
  ],
] as const)('%s', (word, indicators, heading) => {
  expect(gradeLines({ word, indicators })[0]).toBe(heading);
});

test('what is not graded says why, and has no list', () => {
  expect(gradeLines({ word: 'not graded', indicators: [] })).toHaveLength(1);
});
