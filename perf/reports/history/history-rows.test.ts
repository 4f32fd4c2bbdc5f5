import { expect, test } from 'vitest';
import {
  makeComparisonRecord,
  makeScenariosRecord,
} from '../../tracking/history/testing/make-history-record.ts';
import { formatFigure, formatLogRatio } from './format-figure.ts';
import { everyRecord, historyRows } from './history-rows.ts';

test.each([
  [Math.log(1.071), '+7.1 %'],
  [Math.log(0.996), '−0.4 %'],
  [-0.000_1, '0.0 %'],
])('the log-ratio %d reads %s', (logRatio, text) => {
  expect(formatLogRatio(logRatio)).toBe(text);
});

test.each([
  [12.34, 'ms', '12.3 ms'],
  [12.345, 'furlongs', '12.35 furlongs'],
  [1, 'toString', '1 toString'],
  [null, 'ms', 'no data'],
])('%s %s reads %s', (value, unit, text) => {
  expect(formatFigure(value, unit)).toBe(text);
});

test('where higher is better, a loss reads as the fall that it is', () => {
  const record = makeComparisonRecord({}, 0.1);
  const metrics = record.metrics.map((metric) =>
    Object.assign(metric, { better: 'higher', title: 'throughput' }),
  );
  expect(historyRows([{ ...record, metrics }], everyRecord)).toMatchObject([
    { subject: 'throughput against reference', value: '−9.5 % (−11.3 % … −7.7 %)' },
  ]);
});

test('a promise about windows says so', () => {
  const record = makeScenariosRecord();
  const [entry] = record.scenarios;
  const metrics = entry?.metrics.map((metric) =>
    Object.assign(metric, {
      promises: metric.promises.map((one) => Object.assign(one, { windowMs: 10_000 })),
    }),
  );
  const scenarios = record.scenarios.map((one) => Object.assign(one, { metrics }));
  expect(historyRows([{ ...record, scenarios }], everyRecord)).toMatchObject([
    { subject: 'basic connectTime mean in every 10.000 s', verdict: 'met (< 500 ms)' },
  ]);
});

test.each([
  [{ isConclusive: false }, 'met (< 500 ms), not measured truly'],
  [{ wasEndedEarly: true }, 'met (< 500 ms), load ended early'],
])('a figure of a load with %j is marked', (difference, verdict) => {
  const record = makeScenariosRecord();
  const scenarios = record.scenarios.map((entry) => Object.assign(entry, difference));
  expect(historyRows([{ ...record, scenarios }], everyRecord)).toMatchObject([{ verdict }]);
});

test('only commits of the wanted branch are taken', () => {
  expect(historyRows([makeScenariosRecord()], { ...everyRecord, branch: 'main' })).toHaveLength(1);
  expect(historyRows([makeScenariosRecord()], { ...everyRecord, branch: 'other' })).toEqual([]);
});
