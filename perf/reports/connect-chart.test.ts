import { expect, test } from 'vitest';
import { connectChart } from './connect-chart.ts';
import { makeRecord, makeScenario } from './testing/make-record.ts';

test('one scenario is drawn by percentile, several by their p95', () => {
  expect(connectChart([makeScenario()])).toContain('  x-axis ["min", "p50", "p90", "p95", "p99", "max"]');
  const chart = connectChart([makeScenario(), makeScenario({ name: 'x"]\nbar [9' })]);
  expect(chart.at(2)).toBe('xychart-beta horizontal');
  expect(chart).toContain('  x-axis ["basic", "x___bar _9"]');
  expect(chart).toContain('  y-axis "ms" 0 --> 20');
  expect(chart).toContain('  bar [20, 20]');
});

test('two scenarios of one file have a bar each', () => {
  const chart = connectChart([makeScenario(), makeScenario({ name: 'load' }), makeScenario()]);
  expect(chart).toContain('  x-axis ["basic", "load", "basic 2"]');
});

test('without a connect time there is no chart', () => {
  const records = [makeRecord({ successful: 0, failed: 3 })];
  expect(connectChart([makeScenario({ records })])).toEqual([]);
});
