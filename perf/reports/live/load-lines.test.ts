import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import type { LoadProgress } from '../../progress.ts';
import { loadLines, plainLoadLine } from './load-lines.ts';
import { LoadTrail } from './load-trail.ts';

const plain = picocolors.createColors(false);

const progressAt = (atMs: number, changes: Partial<LoadProgress> = {}): LoadProgress => ({
  label: 'basic',
  planned: 20,
  point: { atMs, started: atMs / 100, open: atMs / 100 - 3, failed: 2, failedAfterOpening: 1, messages: 160 },
  failures: { dropped: 1, refused: 2 },
  connectTimeMs: { p50: 12, p95: 20 },
  server: { atMs, cpuMs: atMs / 10, memoryBytes: 64 * 1_048_576, currentConnections: 6 },
  remainingMs: 4_000 - atMs,
  ...changes,
});

const standingAt = (atMs: number, changes: Partial<LoadProgress> = {}) => {
  const trail = new LoadTrail();
  for (let before = 500; before < atMs; before += 500) trail.follow(progressAt(before));
  return trail.follow(progressAt(atMs, changes));
};

describe('the lines of a load', () => {
  test('say what was started, is open, failed and why, how fast it connects, and how the server does', () => {
    expect(loadLines(standingAt(1_000), 80, plain)).toEqual([
      'basic  ██████████░░░░░░░░░░ 3 s left',
      '  started   10 of 20 · 10.0/s',
      '  open      7  ▂▂▂▂███',
      '  failed    3: refused 2, dropped 1',
      '  connect   p50 12.0 ms · p95 20.0 ms',
      '  messages  160 · 160/s',
      '  server    6 open · CPU 10 % of a core · 64.00 MiB',
    ]);
  });

  test('leave out what is not known', () => {
    const load = standingAt(1_000, {
      server: null,
      connectTimeMs: { p50: null, p95: null },
      failures: {},
      point: { atMs: 1_000, started: 0, open: 0, failed: 0, failedAfterOpening: 0, messages: 0 },
    });
    const lines = loadLines(load, 80, plain);
    expect(lines).toContain('  failed    0');
    expect(lines).toContain('  connect   no time yet');
    expect(lines.join('\n')).not.toContain('server');
  });

  test('tell tries to come back apart from what was planned', () => {
    const point = { ...progressAt(1_000).point, started: 65 };
    expect(loadLines(standingAt(1_000, { point }), 80, plain)[1]).toContain('20 of 20 +45 retries');
  });

  test.each([40, 60, 80])('fit %i columns', (width) => {
    const label = 'capacity: 4000 of at most 200000 connections';
    const lines = loadLines(standingAt(3_000, { label }), width, plain);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  });

  test.each([
    [4_000, 'ending'],
    [3_900, '1 s left'],
    [-115_000, '119 s left'],
    [-176_000, '3 min left'],
  ])('at %i ms of 4 s: %s', (atMs, left) => {
    expect(loadLines(standingAt(1_000, { remainingMs: 4_000 - atMs }), 80, plain)[0]).toContain(` ${left}`);
  });
});

test('a log gets one line', () => {
  expect(plainLoadLine(standingAt(1_000))).toBe(
    '  basic: 10 of 20 started (10.0/s), 7 open, 3 failed (refused 2, dropped 1), ' +
      'connect p50 12.0 ms · p95 20.0 ms, server 6 open · CPU 10 % of a core · 64.00 MiB, 3 s left',
  );
});

describe('a trail', () => {
  test('takes rates of the last two seconds', () => {
    const trail = new LoadTrail();
    for (let atMs = 250; atMs <= 10_000; atMs += 250) {
      const started = atMs <= 5_000 ? 1_000 : 1_000 + (atMs - 5_000) / 100;
      const point = { ...progressAt(atMs).point, started };
      const { arrivalsPerSecond } = trail.follow(progressAt(atMs, { point, remainingMs: 10_000 - atMs }));
      if (atMs >= 7_500) expect(arrivalsPerSecond).toBeCloseTo(10, 6);
    }
  });

  test('begins anew with each load', () => {
    const trail = new LoadTrail();
    trail.follow(progressAt(3_000));
    const next = trail.follow(progressAt(500, { label: 'load' }));
    expect(next.arrivalsPerSecond).toBeCloseTo(10, 6);
    expect(next.serverCpuRatio).toBeNull();
    expect(next.openOverTime.filter((open) => open !== null)).toEqual([2, 2, 2, 2]);
  });
});
