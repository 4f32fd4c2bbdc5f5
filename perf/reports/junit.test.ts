import { DOMParser } from '@xmldom/xmldom';
import { expect, test } from 'vitest';
import { connectTime } from '../harness/metrics/catalogue.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { atLeast, below } from '../harness/thresholds/threshold.ts';
import { junitReport } from './junit.ts';
import { makeRecord, makeScenario } from './testing/make-record.ts';
import type { ScenarioResult } from './session-result.ts';

const strict = new DOMParser({
  onError: (_level, message) => {
    throw new Error(message);
  },
});

const parse = (scenarios: readonly ScenarioResult[], faults?: readonly string[]) => {
  const document = strict.parseFromString(junitReport(scenarios, faults), 'text/xml');
  return (name: string) => [...document.getElementsByTagName(name)];
};

const broken = makeScenario({
  outcome: 'broken',
  errors: [
    { message: 'Promise broken: average connect time < 5.0 ms', line: 7 },
    { message: 'expected 1 to be 2', line: 8 },
  ],
  records: [
    makeRecord({
      verdicts: [
        { threshold: below(connectTime, 'mean', 5), samples: 20, outcome: 'broken', observed: 10 },
        { threshold: atLeast(connectTime, 'max', 5), samples: 20, outcome: 'met', observed: 20 },
        {
          threshold: below(connectTime, 'p99', 5),
          samples: 0,
          outcome: 'inconclusive',
          observed: null,
          reason: 'no data',
        },
      ],
    }),
  ],
});

test('each promise is a test case, and so is what else failed; counts are those of the cases', () => {
  const all = parse([broken]);
  expect(all('testcase').map((one) => one.getAttribute('name'))).toEqual([
    'average connect time < 5.0 ms',
    'max connect time ≥ 5.0 ms',
    'p99 connect time < 5.0 ms',
    'clients connect',
  ]);
  const [suites] = all('testsuites');
  expect(suites?.getAttribute('tests')).toBe('4');
  expect(suites?.getAttribute('failures')).toBe('3');
});

test('a failure says limit, observed value and attempts, and whether it was broken or inconclusive', () => {
  const failures = parse([broken])('failure');
  expect(failures.map((one) => one.getAttribute('type'))).toEqual(['broken', 'inconclusive', 'broken']);
  expect(failures[0]?.textContent).toMatch(
    /limit +< 5\.0 ms\n +observed +10\.0 ms[^]+attempts +20: 20 succ/u,
  );
});

test('the times of a suite’s cases add up to its own', () => {
  const all = parse([{ ...broken, durationMs: 6_000 }]);
  expect(all('testsuite')[0]?.getAttribute('time')).toBe('6.000');
  expect(all('testcase').map((one) => one.getAttribute('time'))).toEqual([
    '5.000',
    '0.000',
    '0.000',
    '1.000',
  ]);
});

test('loads that overlap take no longer in their cases than in their suite, where nobody saw its end either', () => {
  const verdicts = [
    { threshold: below(connectTime, 'mean', 5), samples: 20, outcome: 'met', observed: 4 },
  ] as const;
  const minute = '2026-11-22T20:00';
  const run = (startedAt: string, finishedAt: string): RunRecord =>
    makeRecord({ verdicts, startedAt: `${minute}:${startedAt}Z`, finishedAt: `${minute}:${finishedAt}Z` });
  const records = [run('02.000', '06.000'), run('00.000', '05.000'), run('03.000', '04.000')];
  const all = parse([makeScenario({ records, durationMs: 0 })]);
  expect(all('testsuite')[0]?.getAttribute('time')).toBe('6.000');
  expect(all('testcase').map((one) => one.getAttribute('time'))).toEqual(['1.000', '5.000', '0.000']);
});

test('a run’s figures are properties of its suite', () => {
  const properties = new Map(
    parse([broken])('property').map((one) => [one.getAttribute('name'), one.getAttribute('value')]),
  );
  expect(properties.get('connectTime.p95.ms')).toBe('20');
  expect(properties.get('connections.successful')).toBe('20');
});

test('a scenario without promises is one case: held, skipped with its reason, or not measured', () => {
  const all = parse([
    makeScenario(),
    makeScenario({ outcome: 'skipped', reason: 'not here', records: [] }),
    makeScenario({ outcome: 'not-measured', errors: [{ message: 'no server', line: null }], records: [] }),
  ]);
  expect(all('testcase')).toHaveLength(3);
  expect(all('skipped')[0]?.getAttribute('message')).toBe('not here');
  expect(all('error')[0]?.textContent).toBe('no server');
});

test('what went wrong outside of scenarios is an error', () => {
  expect(parse([], ['the target is gone'])('error')[0]?.textContent).toBe('the target is gone');
});
