import { expect, test } from 'vitest';
import { leaveOut, leftOutLine } from './leave-out.ts';

const scenario = (name: string, ...testTags: (readonly string[])[]) => ({
  file: `/p/${name}.perf.ts`,
  testTags,
});

const scenarios = [
  scenario('basic', ['quick']),
  scenario('plain', []),
  scenario('overload', ['slow', 'resilience']),
  scenario('both-kinds', ['resilience'], ['quick']),
  scenario('two-tests', ['resilience'], ['resilience', 'slow']),
  scenario('two-tags', ['resilience'], ['soak']),
  scenario('soak', ['soak', 'slow']),
  scenario('unreadable'),
];

test('what has one of the tags on each of its tests is left out', () => {
  const { kept, leftOut } = leaveOut(scenarios, ['resilience', 'soak']);
  expect(kept).toEqual(['basic', 'plain', 'both-kinds', 'unreadable'].map((name) => `/p/${name}.perf.ts`));
  expect(Object.fromEntries(leftOut)).toEqual({
    resilience: ['overload', 'two-tests', 'two-tags'],
    soak: ['soak'],
  });
});

test('one line says what was left out and which tag runs it', () => {
  expect(leftOutLine(leaveOut(scenarios, ['resilience', 'soak']))).toBe(
    'Left out, unless asked for: overload, two-tests, two-tags (--tags resilience); soak (--tags soak).',
  );
});

test('without tags nothing is left out, and nothing said', () => {
  const all = leaveOut(scenarios, []);
  expect(all.kept).toHaveLength(scenarios.length);
  expect(leftOutLine(all)).toBeNull();
});
