import picocolors from 'picocolors';
import { expect, test } from 'vitest';
import type { RunRecord } from '../harness/record/run-record.ts';
import { runSection } from './run-section.ts';
import { makeRecord } from './testing/make-record.ts';

const remarksOf = (record: Partial<RunRecord>): string =>
  runSection(makeRecord(record), picocolors.createColors(false))
    .join('\n')
    .split('\n\n')
    .filter((paragraph) => paragraph.startsWith('!'))
    .join('\n');

test('a run without anything special has no remark', () => {
  expect(remarksOf({})).toBe('');
});

test('what a warm-up left out is counted', () => {
  expect(remarksOf({ warmUp: { untilMs: 2_000, attempts: 20, pings: 50, messages: 300 } })).toBe(
    '! Warm-up: the first 2.000 s are not judged: 20 attempts, 50 pings and 300 messages left out',
  );
});

test('a run that was ended early says when, what that saved, and which promise was lost', () => {
  const endedEarly = {
    atMs: 3_140,
    savedMs: 26_900,
    promise: 'success rate ≥ 95.0 %',
    reason: '94.0 % is the best it can still come to, after 28 of 40, with 160 to come at most',
  };
  expect(remarksOf({ endedEarly })).toMatchInlineSnapshot(`
    "! Ended after 3.1 s, about 26.9 s saved: success rate ≥ 95.0 % can no longer be kept: 94.0 % is the
      best it can still come to, after 28 of 40, with 160 to come at most"
  `);
});
