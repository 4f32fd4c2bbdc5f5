import { expect, test } from 'vitest';
import { makeScenario } from '../testing/make-record.ts';
import { scenarioAnnotations } from './scenario-annotations.ts';

const message = 'Promise broken: average connect time < 500 ms\n  observed  100 %, or 700 ms';

test('what failed is shown at the line of the scenario that failed, in a repository’s folder', () => {
  const broken = makeScenario({ outcome: 'broken', title: 'fast: 1, 2', errors: [{ message, line: 12 }] });
  expect(scenarioAnnotations([broken], 'services/shop')).toEqual([
    '::error title=✗ basic%3A fast%3A 1%2C 2,file=services/shop/perf/basic.perf.ts,line=12::' +
      'Promise broken: average connect time < 500 ms%0A  observed  100 %25, or 700 ms',
  ]);
});

test('an inconclusive scenario is a warning, and without a line it stands at the file', () => {
  const unsure = makeScenario({ outcome: 'inconclusive', errors: [{ message: 'Inconclusive', line: null }] });
  expect(scenarioAnnotations([unsure], '')).toEqual([
    '::warning title=? basic%3A clients connect,file=perf/basic.perf.ts::Inconclusive',
  ]);
});

test('a scenario that held has none', () => {
  expect(scenarioAnnotations([makeScenario()], '')).toEqual([]);
});

test('of more than GitHub shows, the last says how many are left out', () => {
  const errors = Array.from({ length: 12 }, (_, line) => ({ message: 'no', line: line + 1 }));
  const lines = scenarioAnnotations([makeScenario({ outcome: 'failed', errors })], '');
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe('::error title=More scenarios::3 more are in the log and in the summary.');
});
