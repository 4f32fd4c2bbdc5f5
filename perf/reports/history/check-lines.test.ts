import { expect, test } from 'vitest';
import type { StepState } from '../../tracking/change-points/find-change.ts';
import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import { seriesOf } from '../../tracking/history/series.ts';
import { madeUpSha, makeComparisonRecord } from '../../tracking/history/testing/make-history-record.ts';
import { changeLines } from './check-lines.ts';

const change = {
  lastGood: madeUpSha(32),
  firstBad: madeUpSha(33),
  logStep: Math.log(1.06),
  pointsBefore: 32,
  pointsAfter: 8,
  statistic: 4,
  criticalValue: 3.5,
  compare: { base: madeUpSha(31), head: madeUpSha(40) },
};

const linesOf = (state: StepState): readonly string[] => {
  const [series] = seriesOf([makeComparisonRecord()]);
  if (series === undefined) throw new Error('A comparison with the reference makes a series.');
  const assessed: AssessedSeries = { series, finding: { state, points: 40, change }, past: [] };
  return changeLines(assessed);
};

test('a step is said with its size, its place, and what a comparison made of it, which is no more than it found', () => {
  const states = ['candidate', 'alert', 'refuted', 'unclear'] as const;
  expect(states.map((state) => linesOf(state)[0])).toMatchInlineSnapshot(`
    [
      "CANDIDATE connect p50: 6.0 % worse from 0000002100 on (last good: 0000002000), 32 commits before it, 8 from it on. Not confirmed by a paired comparison yet.",
      "ALERT connect p50: 6.0 % worse from 0000002100 on (last good: 0000002000), 32 commits before it, 8 from it on. Confirmed by a paired comparison.",
      "REFUTED connect p50: 6.0 % worse from 0000002100 on (last good: 0000002000), 32 commits before it, 8 from it on. A paired comparison did not find it.",
      "UNCLEAR connect p50: 6.0 % worse from 0000002100 on (last good: 0000002000), 32 commits before it, 8 from it on. Three paired comparisons could not tell, and no more are made by themselves.",
    ]
  `);
});

test.each<[StepState, number]>([
  ['candidate', 3],
  ['alert', 1],
  ['refuted', 1],
  ['unclear', 3],
])('%s: what is still to be found out is said with its commands', (state, lines) => {
  expect(linesOf(state)).toHaveLength(lines);
});
