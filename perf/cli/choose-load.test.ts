import { expect, test } from 'vitest';
import { readLoad } from './read-load.ts';
import type { RunOptions } from './run-options.ts';
import { selectScenarios } from './select-scenarios.ts';

const names = ['basic', 'load', 'stress', 'capacity'];
const known = names.map((name) => ({ name, file: `/p/${name}.perf.ts` }));
const all = names.join(' ');
const url = { url: 'http://h' };

const rows: readonly (readonly [RunOptions, readonly string[], string, number | null, string])[] = [
  // options, named → scenarios, connections, applied to
  [{}, [], all, null, ''],
  [{ connections: '7' }, [], all, 7, 'basic'],
  [url, [], 'basic', null, ''],
  [{ ...url, connections: '7' }, [], 'basic', 7, 'basic'],
  [{ ...url, report: true }, [], 'basic', 50, 'basic'],
  [{ ...url, output: 'x.csv', delay: '1' }, [], 'basic', 50, 'basic'],
  [{ ...url, output: true, connections: '7' }, [], 'basic', 7, 'basic'],
  [url, ['stress'], 'stress', null, ''],
  [{ connections: '7' }, ['load', 'stress'], 'load stress', 7, 'load stress'],
  [{ report: true }, ['load'], 'load', 50, 'basic'],
  [{ capacityTest: true }, [], 'capacity', 50, 'basic'],
  [{ capacityTest: true, delay: '1' }, [], 'capacity', null, 'capacity'],
  [{ capacityTest: true }, ['load'], 'load capacity', 50, 'basic'],
  [{ ...url, tags: ['quick'] }, [], all, null, ''],
];

test.each(rows)('%j with %j named runs %s', (options, named, scenarios, connections, appliesTo) => {
  const problems: string[] = [];
  const hasUrl = options.url !== undefined;
  const selected = selectScenarios(options, { named, known, hasUrl }, problems);
  expect(selected.scenarios.map(({ name }) => name).join(' ')).toBe(scenarios);
  expect(readLoad(options, named, problems)).toMatchObject({ connections });
  expect(readLoad(options, named, problems).appliesTo.join(' ')).toBe(appliesTo);
  expect(problems).toEqual([]);
});

test('--warm-up replaces that of the scenarios it applies to', () => {
  const problems: string[] = [];
  expect(readLoad({ warmUp: '1.5' }, ['load'], problems)).toMatchObject({
    connections: null,
    warmUpSeconds: 1.5,
    appliesTo: ['load'],
  });
  expect(problems).toEqual([]);
  readLoad({ warmUp: '-1' }, [], problems);
  expect(problems).toHaveLength(1);
});

test.for([
  ['90', 90],
  ['0.5', 0.5],
  ['45s', 45],
  ['15m', 900],
  ['1.5h', 5_400],
] as const)('--duration %s is %d seconds', ([text, durationSeconds]) => {
  const problems: string[] = [];
  expect(readLoad({ duration: text }, ['soak'], problems)).toMatchObject({
    durationSeconds,
    appliesTo: ['soak'],
  });
  expect(problems).toEqual([]);
});

test.for(['0', '-5', '', '5d', '1e3', '2 h'])('--duration "%s" is refused with what it may be', (text) => {
  const problems: string[] = [];
  readLoad({ duration: text }, ['soak'], problems);
  expect(problems).toEqual([expect.stringContaining('90, 15m, 2h')]);
});

test('a bare --url in a repository without basic runs what there is', () => {
  const own = [{ name: 'mine', file: '/p/mine.perf.ts' }];
  const selected = selectScenarios(url, { named: [], known: own, hasUrl: true }, []);
  expect(selected).toEqual({ scenarios: own, leavesOut: ['resilience', 'soak'] });
});

test.for<[RunOptions, readonly string[], boolean]>([
  [{}, [], true],
  [{ connections: '7' }, [], true],
  [{ report: true }, [], true],
  [{}, ['stress'], false],
  [{ tags: ['resilience'] }, [], false],
  [{ tags: ['!quick'] }, [], false],
  [{ capacityTest: true }, [], false],
  [url, [], false],
  [{ ...url, tags: ['slow'] }, [], false],
])('%j with %j named leaves out what runs on demand alone: %s', ([options, named, leavesOut]) => {
  const hasUrl = options.url !== undefined;
  const selected = selectScenarios(options, { named, known, hasUrl }, []);
  expect(selected.leavesOut).toEqual(leavesOut ? ['resilience', 'soak'] : []);
});
