import { expect, test } from 'vitest';
import { connectTime } from '../harness/metrics/catalogue.ts';
import { below } from '../harness/thresholds/threshold.ts';
import { closingRow } from './closing-table.ts';
import { completeRecords } from './complete-records.ts';
import { junitReport } from './junit.ts';
import { longestText, printable } from './printable.ts';
import { scenariosOfRecords } from './scenarios-of-records.ts';
import { makeRecord, makeScenario } from './testing/make-record.ts';
import { withEnding } from './with-ending.ts';

const verdict = {
  threshold: below(connectTime, 'mean', 500),
  samples: 20,
  outcome: 'met',
  observed: 10,
} as const;
const record = makeRecord({ verdicts: [verdict] });
const scenario = makeScenario({
  outcome: 'failed',
  errors: [{ message: 'expected 19 to be 20', line: 12 }],
  records: [record, makeRecord({ runId: 'session-basic-2' })],
  recordFiles: ['/runs/session-basic-1.json', '/runs/session-basic-2.json'],
  durationMs: 6_200,
});

test('records whose scenario is over give the scenario as it was, plain assertions and time included', () => {
  const ended = withEnding(scenario);
  const found = ended.records.map((one, index) => ({
    record: one,
    recordFile: ended.recordFiles[index] ?? '',
  }));
  expect(scenariosOfRecords(found)).toEqual([ended]);
  const [first] = found;
  const alone = scenariosOfRecords(first === undefined ? [] : [first]);
  expect(alone).toMatchObject([{ outcome: 'failed', errors: scenario.errors, durationMs: 6_200 }]);
  expect(alone.map(closingRow)).toEqual([expect.arrayContaining(['failed', '6.2'])]);
  expect(junitReport(alone)).toMatch(
    /<testsuite [^>]*failures="1"[^>]* time="6\.200">[^]*line="12"[^]*expected 19 to be 20/u,
  );
});

test('a record whose scenario is not over says what its promises say', () => {
  const found = [{ record, recordFile: '/runs/session-basic-1.json' }];
  expect(scenariosOfRecords(found)).toMatchObject([{ outcome: 'met', errors: [], durationMs: 0 }]);
  const stopped = { ...record, interrupted: 'stopped by the user' };
  expect(scenariosOfRecords([{ record: stopped, recordFile: '' }])).toMatchObject([{ outcome: 'stopped' }]);
});

test('a message is kept as far as reports show it, and they still say that it was cut', () => {
  const message = `${'x'.repeat(longestText - 1)}${'\u{1F600}'.repeat(500_000)}`;
  const [kept] = withEnding({ ...scenario, errors: [{ message, line: null }] }).records;
  const [error] = kept?.scenarioEnding?.errors ?? [];
  expect(error?.message.length).toBe(longestText + 1);
  expect(printable(error?.message ?? '')).toBe(printable(message));
  expect(printable(message)).toMatch(/x… \[cut\]$/u);
});

test('a record that can not be written is said in a line, and the others are written', async () => {
  const written: string[] = [];
  const problems = await completeRecords(withEnding(scenario), (file, { scenarioEnding }) => {
    if (file.endsWith('-1.json')) return Promise.reject(new Error('no space left'));
    written.push(`${file} ${scenarioEnding?.outcome ?? 'open'}`);
    return Promise.resolve();
  });
  expect(written).toEqual(['/runs/session-basic-2.json failed']);
  expect(problems).toEqual([expect.stringMatching(/^\/runs\/session-basic-1\.json .* no space left$/u)]);
});
