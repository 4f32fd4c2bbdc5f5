import { expect, test } from 'vitest';
import type { LoadProgress } from '../progress.ts';
import { liveLines, plainLine } from './progress-lines.ts';

const progress: LoadProgress = {
  label: 'basic',
  planned: 20,
  point: { atMs: 1_000, started: 10, open: 8, failed: 2, failedAfterOpening: 0, messages: 16 },
  failures: { refused: 2 },
  connectTimeMs: { p50: 12, p95: 20 },
  server: null,
  remainingMs: 2_400,
};

test('live lines fit a terminal and tell failures by reason', () => {
  expect(liveLines(progress)).toEqual([
    'basic  ████████████░░░░░░░░░░░░ 10/20 started · 3 s left',
    '  8 open · 2 failed · 16 messages · connect p50 12.0 ms p95 20.0 ms',
    '  failed: refused 2',
  ]);
});

test('a log gets one line', () => {
  expect(plainLine({ ...progress, connectTimeMs: { p50: null, p95: null } })).toBe(
    '  basic: 10 of 20 started, 8 open, refused 2, no connect time yet, 3 s left',
  );
});

test('tries to come back are told apart from what was planned', () => {
  const storm = { ...progress, point: { ...progress.point, started: 65 } };
  expect(liveLines(storm)[0]).toBe('basic  ████████████████████████ 20/20 started +45 retries · 3 s left');
  expect(plainLine(storm)).toContain('20 of 20 started +45 retries, 8 open');
});
