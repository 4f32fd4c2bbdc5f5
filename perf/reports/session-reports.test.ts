import picocolors from 'picocolors';
import { describe, expect, test } from 'vitest';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { below } from '../harness/thresholds/threshold.ts';
import { capacityLines } from './capacity-lines.ts';
import { closingRow } from './closing-table.ts';
import { finalSentence } from './final-sentence.ts';
import { githubSummary } from './github-summary.ts';
import { gradeLine } from './grade-line.ts';
import { jsonReport } from './json.ts';
import { scenarioSection } from './scenario-section.ts';
import { makeRecord, makeScenario, makeSession } from './testing/make-record.ts';
import { closingLines, textReport } from './text.ts';

const plain = picocolors.createColors(false);
const escape = '\u001B';
const failure = { reason: 'http-status', status: 500, closeCode: null, count: 2 } as const;

const brokenScenario = makeScenario({
  outcome: 'broken',
  errors: [{ message: 'Promise broken: average connect time < 500 ms', line: 12 }],
  records: [
    makeRecord({
      failures: [{ ...failure, detail: `${escape}[2Jgone\r\u202Edrawkcab` }],
      verdicts: [
        {
          threshold: below(connectTime, 'mean', 500),
          samples: 20,
          outcome: 'broken',
          observed: 712,
        },
      ],
    }),
  ],
});

describe('a scenario’s section', () => {
  const section = scenarioSection(brokenScenario, plain).join('\n');

  test('has the block, the percentiles, the failures, the thresholds, the grade and the error', () => {
    expect(section).toContain('=== WebSocket Test Results ===');
    expect(section).toMatch(/Percentiles +p50/u);
    expect(section).toContain('http-status 2 (HTTP 500) – ');
    expect(section).toContain('✗ average connect time < 500 ms: observed 712 ms');
    expect(section).toContain('Performance: good');
    expect(section).toContain('  Promise broken:');
  });

  test('holds no control character that came from the server', () => {
    expect(section).toContain('gone');
    for (const character of [escape, '\r', '\u202E']) expect(section).not.toContain(character);
  });

  test.each([undefined, 60, 40])('is at most 100 columns wide, or what the terminal has: %s', (width) => {
    const long = makeScenario({
      title: 'word '.repeat(80),
      errors: [{ message: 'why '.repeat(80), line: null }],
      records: brokenScenario.records,
    });
    const lines = scenarioSection(long, plain, width);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width ?? 100);
    const closing = closingLines(makeSession({ scenarios: [long] }), plain, width);
    expect(Math.max(...closing.map(({ length }) => length))).toBeLessThanOrEqual(width ?? 100);
  });

  test('says why it was skipped', () => {
    const skipped = makeScenario({ outcome: 'skipped', reason: 'the target signs no tokens', records: [] });
    expect(scenarioSection(skipped, plain)).toEqual([
      '- basic: clients connect',
      '  Skipped: the target signs no tokens',
    ]);
  });

  test('shows only judged runs when there are steps beside them', () => {
    const capacity = { levels: [], highestGood: 180, limitedByTest: false };
    const scenario = makeScenario({ records: [makeRecord(), makeRecord({ capacity })] });
    const lines = scenarioSection(scenario, plain);
    expect(lines.filter((line) => line.startsWith('==='))).toHaveLength(1);
  });
});

describe('capacity', () => {
  const level = {
    connections: 10,
    outcome: 'met' as const,
    counts: makeRecord().counts,
    meanConnectTimeMs: 5,
    verdicts: [],
  };
  test.each([
    [{ levels: [level], highestGood: 180, limitedByTest: false }, 'Capacity: 180 connections'],
    [
      { levels: [level], highestGood: 200, limitedByTest: true },
      'Capacity: at least 200 connections, the limit of this test',
    ],
    [
      { levels: [level], highestGood: null, limitedByTest: false },
      'Capacity: none found, not even 10 connections held',
    ],
    [{ levels: [], highestGood: null, limitedByTest: false }, 'Capacity: unknown, no level was tried'],
  ])('%j reads "%s"', (capacity, line) => {
    expect(capacityLines(capacity)[0]).toBe(line);
  });
});

test('the grade names the indicators that decided it', () => {
  const indicators = [
    { name: 'Success Rate', text: '70.0 % (good > 95 %)', grade: 'poor' },
    { name: 'Connection Time', text: 'average 0.7 s', grade: 'warning' },
  ] as const;
  expect(gradeLine({ word: 'poor', indicators })).toBe(
    'Performance: poor – Success Rate: 70.0 % (good > 95 %)',
  );
});

test.each([
  [{}, 'All promises held in 1 scenario.'],
  [
    { scenarios: [makeScenario(), makeScenario({ name: 'auth', outcome: 'skipped' }), brokenScenario] },
    '1 of 3 scenarios held; 1 broke a promise (basic); 1 skipped (auth).',
  ],
  [
    { scenarios: [makeScenario({ outcome: 'stopped' })], interrupted: true },
    'Stopped: partial results. 0 of 1 scenario held; 1 stopped (basic).',
  ],
  [{ scenarios: [] }, 'No scenario ran, so nothing was measured.'],
])('a session reads %#', (session, sentence) => {
  expect(finalSentence(makeSession(session))).toBe(sentence);
});

test('the text report has target, notices, sections and the closing table', () => {
  const target = { label: 'process', notices: ['fell back from containers'] };
  const report = textReport(makeSession({ target }));
  expect(report).toContain('Target: process\n! fell back from containers\n');
  expect(report).toContain('Total Connections: 20');
  expect(report).toMatch(/^basic +20 +100\.0 % +10\.0 ms +20\.0 ms +met +good +4\.2$/mu);
});

test('the closing table does not round a failure away', () => {
  const records = [makeRecord({ successful: 1_999, failed: 1 })];
  expect(closingRow(makeScenario({ records }))).toContain('99.95 %');
});

test('the JSON report holds the whole records', () => {
  const report: unknown = JSON.parse(jsonReport(makeSession(), 0));
  expect(report).toMatchObject({
    schema: 'ws-perf-gate/session',
    version: 1,
    exitCode: 0,
    scenarios: [{ name: 'basic', outcome: 'met', runs: [{ counts: { successful: 20 } }] }],
  });
});

test('the job summary shows text of the server as text', () => {
  const errors = [{ message: `\`\`\`\n<img src=x> ${escape}[31m@all`, line: null }];
  const reason = '| [click](https://evil.example) <b>';
  const summary = githubSummary(
    makeSession({ scenarios: [makeScenario({ outcome: 'failed', errors, reason })] }),
  );
  expect(summary).toContain('````text\n```\n<img src=x> @all\n````');
  expect(summary).toContain('\\| \\[click\\]\\(https:&#47;&#47;evil.example\\) &lt;b&gt;');
  expect(summary).not.toContain(escape);
});
