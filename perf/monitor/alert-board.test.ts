import { describe, expect, test } from 'vitest';
import { AlertBoard } from './alert-board.ts';
import { defaultAlertRules } from './alert-rules.ts';
import { alertRules } from './monitor-file.ts';
import type { AlertName, MonitorSample, ProbeResult } from './monitor-sample.ts';
import { MonitorSeries } from './monitor-series.ts';
import type { ServerReading } from './server-reading.ts';
import { away, metrics, readingAt, statistics } from './testing/make-reading.ts';

const judged = (
  readings: readonly ServerReading[],
  probes: readonly (readonly ProbeResult[])[] = [],
): readonly MonitorSample[] => {
  const series = new MonitorSeries(60_000);
  const board = new AlertBoard(defaultAlertRules());
  return readings.map((reading, index) => board.judge(series.add(reading, probes[index] ?? [])));
};

/** What was raised and cleared, each with the second it happened at. */
const changesOf = (samples: readonly MonitorSample[]): readonly string[] =>
  samples.flatMap(({ elapsedSeconds, changes }) =>
    changes.map(({ alert, change, text }) => `${String(elapsedSeconds)} ${change} ${alert}: ${text}`),
  );

const every5Seconds = <Item>(items: readonly Item[], make: (item: Item, index: number) => ServerReading) =>
  items.map((item, index) => make(item, index));

const withConnectTimes = (seconds: readonly number[]): readonly ServerReading[] =>
  every5Seconds(seconds, (_, index) =>
    readingAt(
      index * 5,
      statistics({ attempts: 100 + index, connectTimesSeconds: seconds.slice(0, index + 1) }),
    ),
  );

const opened = (connectTimeMs: number): ProbeResult => ({
  outcome: 'opened',
  connectTimeMs,
  firstMessageMs: 1,
});

describe('with the thresholds that it has by itself, and a look every 5 s', () => {
  test('connect times of 1.2 s are an alert after 30 s, and over below 0.5 s', () => {
    const times = [...Array<number>(9).fill(1.2), 0.8, 0.4];
    expect(changesOf(judged(withConnectTimes(times)))).toEqual([
      '35 raised connect-time: average connect time 1.2 s, above 1 s for 30 s',
      '50 cleared connect-time: average connect time 0.4 s, below 0.5 s again',
    ]);
  });

  test('one failure in five attempts is an alert after 30 s, and over below 5 %', () => {
    const readings = Array.from({ length: 12 }, (_, index) =>
      readingAt(index * 5, statistics({ attempts: 100 + index * 10, failed: Math.min(index, 9) * 2 })),
    );
    expect(changesOf(judged(readings))).toEqual([
      '35 raised failure-rate: failed attempts 20 %, above 10 % for 30 s',
      '50 cleared failure-rate: failed attempts 0 %, below 5 % again',
    ]);
  });

  test('a leak of 24 MiB a minute is an alert after a minute', () => {
    const readings = Array.from({ length: 22 }, (_, index) =>
      readingAt(index * 5, statistics(), metrics({ memoryBytes: (100 + index * 2) * 2 ** 20 })),
    );
    expect(changesOf(judged(readings))).toEqual([
      '90 raised memory-growth: growth of the server’s memory 24 MiB/min, above 20 MiB/min for 60 s',
    ]);
  });

  test('an open circuit is an alert at once, and only a closed one is the end of it', () => {
    const states = ['closed', 'open', 'half-open', 'open', 'closed', 'half-open'] as const;
    const readings = every5Seconds(states, (circuit, index) =>
      readingAt(index * 5, statistics(), metrics({ circuit })),
    );
    expect(changesOf(judged(readings))).toEqual([
      '5 raised circuit-open: a circuit breaker is open',
      '20 cleared circuit-open: over: a circuit breaker is open',
    ]);
  });

  test('a server that is away is an alert after 10 s, until it answers', () => {
    const readings = [
      readingAt(0),
      readingAt(5, away),
      readingAt(10, away),
      readingAt(15, away),
      readingAt(20),
    ];
    const samples = judged(readings);
    expect(changesOf(samples)).toEqual([
      '15 raised unreachable: the server does not answer for 10 s',
      '20 cleared unreachable: over: the server does not answer',
    ]);
    expect(samples.map(({ raised }) => raised)).toEqual([[], [], [], ['unreachable'], []]);
  });

  test('a probe that fails is slower than any threshold', () => {
    const failed: ProbeResult = { outcome: 'failed', afterMs: 1, reason: 'refused', detail: null };
    const probes = [[opened(10)], [failed], [], [opened(20), failed], [], [], [], [failed], [opened(10)]];
    const readings = probes.map((_, index) => readingAt(index * 5));
    expect(changesOf(judged(readings, probes))).toEqual([
      '35 raised probe: connect time of the probe failed, above 1 s for 30 s',
      '40 cleared probe: connect time of the probe 0.01 s, below 0.5 s again',
    ]);
  });

  test('a calm server raises nothing', () => {
    const readings = Array.from({ length: 40 }, (_, index) =>
      readingAt(
        index * 5,
        statistics({ attempts: 100 + index, connectTimesSeconds: Array<number>(index).fill(0.2) }),
        metrics({ circuit: 'closed' }),
      ),
    );
    expect(changesOf(judged(readings))).toEqual([]);
  });
});

const rulesOf = (
  file: Parameters<typeof alertRules>[0],
  options: Parameters<typeof alertRules>[1] = {},
): { readonly rules: readonly string[]; readonly problems: readonly string[] } => {
  const problems: string[] = [];
  const rules = alertRules(file, options, problems);
  const shown = rules.map(
    (rule) => `${rule.alert} ${String(rule.raiseAbove)}:${String(rule.forMs)}:${String(rule.clearBelow)}`,
  );
  return { rules: shown, problems };
};
const ruleOf = (alert: AlertName, ...given: Parameters<typeof rulesOf>): string | undefined =>
  rulesOf(...given).rules.find((rule) => rule.startsWith(`${alert} `));

describe('the thresholds that were given', () => {
  test('stand over those of the file, and those over its own', () => {
    const file = { alerts: { 'connect-time': { raiseAbove: 2, forSeconds: 7 }, probe: false as const } };
    expect(ruleOf('connect-time', file)).toBe('connect-time 2:7000:0.5');
    expect(ruleOf('connect-time', file, { 'connect-time': { forSeconds: 0 } })).toBe('connect-time 2:0:0.5');
    expect(ruleOf('probe', file)).toBeUndefined();
    expect(ruleOf('probe', file, { probe: { raiseAbove: 3 } })).toBe('probe 3:30000:0.5');
    expect(ruleOf('failure-rate', file, { 'failure-rate': false })).toBeUndefined();
  });

  test('a lower threshold that is left out is never above the upper one', () => {
    expect(ruleOf('connect-time', {}, { 'connect-time': { raiseAbove: 0.2 } })).toBe(
      'connect-time 0.2:30000:0.2',
    );
  });

  test.each([
    [
      { 'connect-time': { raiseAbove: 1, clearBelow: 2 } },
      /connect-time is raised above 1, but cleared below 2/u,
    ],
    [{ unreachable: { raiseAbove: 1 } }, /unreachable has no threshold/u],
  ])('%j is refused', (options, problem) => {
    expect(rulesOf({}, options).problems).toEqual([expect.stringMatching(problem)]);
  });
});
