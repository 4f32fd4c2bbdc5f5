import { expect, test } from 'vitest';
import type { ScenarioOutcome } from '../reports/session-result.ts';
import { makeScenario, makeSession } from '../reports/testing/make-record.ts';
import { exitCodeOf } from './exit-code.ts';

const rows: readonly (readonly [number, readonly ScenarioOutcome[]])[] = [
  [0, ['met']],
  [0, ['met', 'skipped']],
  [1, ['broken', 'met']],
  [1, ['failed']],
  [1, ['inconclusive', 'broken']],
  [2, ['not-measured', 'broken', 'inconclusive']],
  [2, []],
  [2, ['skipped']],
  [2, ['skipped', 'skipped']],
  [3, ['inconclusive', 'met', 'skipped']],
];

test.each(rows)('%i for %j', (code, outcomes) => {
  const scenarios = outcomes.map((outcome) => makeScenario({ outcome }));
  expect(exitCodeOf(makeSession({ scenarios }))).toBe(code);
});

test('a fault outside of any scenario is 2, whatever the scenarios say', () => {
  expect(exitCodeOf(makeSession({ faults: ['worker died'] }))).toBe(2);
});

test('a stopped session is 130, whatever had been found by then', () => {
  const scenarios = [makeScenario({ outcome: 'broken' })];
  expect(exitCodeOf(makeSession({ scenarios, interrupted: true }))).toBe(130);
});
