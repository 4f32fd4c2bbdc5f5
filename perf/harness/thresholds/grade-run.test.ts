import { expect, test } from 'vitest';
import { failureOf } from '../connection/classify-failure.ts';
import {
  capacity,
  connectSuccess,
  connectTime,
  initialMessages,
  stableConnections,
} from '../metrics/catalogue.ts';
import { Distribution } from '../metrics/distribution.ts';
import { gradeRun, type GradedRun } from './grade-run.ts';

const meanOf = (valueMs: number) => {
  const distribution = new Distribution();
  distribution.record(valueMs);
  return { [connectTime.name]: distribution.samples() };
};
const rate = (name: string, hits: number, total: number) => ({
  [name]: { kind: 'rate', hits, total } as const,
});
const capacityOf = (value: number) => ({
  [capacity.name]: { kind: 'gauge', unit: 'connections', value, readings: 1 } as const,
});
const counts = {
  planned: 0,
  attempted: 0,
  successful: 0,
  failed: 0,
  notStarted: 0,
  ready: 0,
  stable: 0,
  messagesReceived: 0,
};
const wordOf = (metrics: GradedRun['metrics'], run: Partial<GradedRun> = {}) =>
  gradeRun({ metrics, counts, failures: [], ...run }).word;

test.for([
  [meanOf(499.9), 'good'],
  [meanOf(500), 'warning'],
  [meanOf(1_000), 'warning'],
  [meanOf(1_000.1), 'poor'],
  [rate(connectSuccess.name, 951, 1_000), 'good'],
  [rate(connectSuccess.name, 95, 100), 'warning'],
  [rate(connectSuccess.name, 90, 100), 'warning'],
  [rate(connectSuccess.name, 899, 1_000), 'poor'],
  [rate(stableConnections.name, 951, 1_000), 'good'],
  [rate(stableConnections.name, 95, 100), 'warning'],
  [rate(stableConnections.name, 0, 20), 'poor'],
  [rate(initialMessages.name, 20, 20), 'good'],
  [rate(initialMessages.name, 19, 20), 'warning'],
  [capacityOf(101), 'good'],
  [capacityOf(100), 'warning'],
  [{}, 'not graded'],
] as const)('%j is %s', ([metrics, word]) => {
  expect(wordOf(metrics)).toBe(word);
});

test.for([
  [5, 'good'],
  [6, 'poor'],
] as const)('%i of 100 attempts timed out or refused is %s', ([count, word]) => {
  const failures = [{ ...failureOf('refused'), count }];
  expect(wordOf({}, { counts: { ...counts, attempted: 100 }, failures })).toBe(word);
});

test('one warning sign makes a run poor, whatever else is good', () => {
  expect(wordOf({ ...meanOf(1), ...rate(connectSuccess.name, 1, 100) })).toBe('poor');
});

test('the text of an indicator that is not met does not round what failed away', () => {
  const [reception] = gradeRun({
    metrics: rate(initialMessages.name, 1_999, 2_000),
    counts,
    failures: [],
  }).indicators;
  expect(reception).toMatchObject({
    grade: 'warning',
    text: expect.stringMatching(/^99\.95 % /u) as unknown,
  });
});
