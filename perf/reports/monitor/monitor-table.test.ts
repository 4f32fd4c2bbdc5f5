import { expect, test } from 'vitest';
import type { MonitorSample } from '../../monitor/monitor-sample.ts';
import { MonitorFooter } from './monitor-footer.ts';
import { MonitorSummary } from './monitor-summary.ts';
import { monitorRow, monitorTitles } from './monitor-table.ts';

const sample = (given: Partial<MonitorSample> = {}): MonitorSample => ({
  version: 1,
  at: '2026-11-22T12:00:05.123Z',
  elapsedSeconds: 5,
  server: 'up',
  reason: null,
  restarted: false,
  countersReset: false,
  open: 25,
  peak: 45,
  totals: { attempts: 150, failed: 3 },
  interval: {
    seconds: 5,
    attempts: 20,
    failed: 1,
    attemptsPerSecond: 4,
    failureRatio: 0.05,
    connectTimeMs: { mean: 245, max: 412, samples: 19 },
  },
  process: {
    memoryBytes: 115 * 2 ** 20,
    memoryGrowthBytesPerSecond: 0,
    cpuRatio: 0.27,
    eventLoopDelayP99Ms: 11,
    circuit: 'closed',
  },
  probes: [{ outcome: 'opened', connectTimeMs: 231, firstMessageMs: 2 }],
  changes: [],
  raised: [],
  ...given,
});

test('a row stands under its titles', () => {
  expect([monitorTitles(), monitorRow(sample())]).toEqual([
    'Time UTC   Open   Peak   New/s  Failed Connect     Max    Memory   CPU   Circuit        Probe',
    '12:00:05     25     45     4.0    5.0%  0.245s  0.412s  115.0MiB   27%    closed       0.231s',
  ]);
});

test('what is not known is a dash, and why the server is away stands behind', () => {
  const row = monitorRow(
    sample({
      server: 'away',
      reason: 'ECONN\u001B[31mREFUSED\nx',
      open: null,
      peak: null,
      interval: null,
      process: null,
      probes: [],
    }),
  );
  expect(row).toBe(
    '12:00:05      –      –       –       –       –       –         –     –         –            –  away: ECONNREFUSED x',
  );
});

test.each([
  [{ restarted: true, countersReset: true }, /  restarted, counters reset$/u],
  [{ server: 'unmonitored', reason: 'HTTP 404' }, /  no monitoring endpoints: HTTP 404$/u],
  [
    { probes: [{ outcome: 'failed', afterMs: 1, reason: 'handshake-timeout', detail: null }] },
    / handshake-t…$/u,
  ],
] as const)('%j is said in the row', (given, shown) => {
  expect(monitorRow(sample(given as Partial<MonitorSample>))).toMatch(shown);
});

test('a failed probe is shown before a slow one', () => {
  const row = monitorRow(
    sample({
      probes: [
        { outcome: 'opened', connectTimeMs: 9_000, firstMessageMs: null },
        { outcome: 'failed', afterMs: 1, reason: 'refused', detail: null },
      ],
    }),
  );
  expect(row).toMatch(/ refused$/u);
});

test('the summary adds up all looks', () => {
  const summary = new MonitorSummary();
  summary.add(sample());
  summary.add(
    sample({
      elapsedSeconds: 10,
      server: 'away',
      interval: null,
      open: null,
      changes: [{ alert: 'unreachable', change: 'raised', text: '' }],
      probes: [{ outcome: 'failed', afterMs: 1, reason: 'refused', detail: null }],
    }),
  );
  summary.add(sample({ elapsedSeconds: 15, open: 30 }));
  expect(summary.lines()).toEqual([
    'Watched for 15 s: 3 looks, 2 answered, 1 away',
    'Attempts 40, failed 2 (5.0 %) · most open at a look 30 · worst interval’s connect 0.245 s',
    'Probes 3, failed 1',
    'Alerts raised: unreachable ×1',
  ]);
  expect([summary.hasAlerted, summary.hasSeenAnything]).toEqual([true, true]);
});

test('a server that never said anything is told from one that did', () => {
  const summary = new MonitorSummary();
  summary.add(sample({ server: 'away', interval: null, open: null, process: null, probes: [] }));
  expect([summary.hasAlerted, summary.hasSeenAnything]).toEqual([false, false]);
  expect(summary.lines().at(-1)).toBe('Alerts raised: none');
});

test('below the table stand the newest courses, and the alerts', () => {
  const footer = new MonitorFooter();
  const url = 'http://127.0.0.1:1';
  for (let look = 0; look < 60; look += 1) footer.lines(sample({ open: 0, interval: null }), url);
  expect(footer.lines(sample({ raised: ['probe', 'unreachable'] }), url)).toEqual([
    `open ${' '.repeat(39)}█  connect ${' '.repeat(39)}█`,
    'http://127.0.0.1:1 · alerts: probe, unreachable · Ctrl-C ends',
  ]);
});
