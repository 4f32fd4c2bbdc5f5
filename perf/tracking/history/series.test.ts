import { expect, test } from 'vitest';
import { assessSeries } from './assess-series.ts';
import type { HistoryRecord, ScenarioEntry, ScenariosRecord } from './history-record.ts';
import { currentSeries, seriesOf, type Series } from './series.ts';
import { madeUpSha, makeComparisonRecord, makeScenariosRecord } from './testing/make-history-record.ts';

const find = (records: readonly HistoryRecord[], title: string): readonly Series[] =>
  seriesOf(records).filter((series) => series.title === title);

/** Scatter without a pattern of at most half a percent. */
const scatter = (index: number): number => ((((index + 1) * 0.618_033_988_75) % 1) - 0.5) / 100;

/** A history whose commits from `stepAt` on are 6 % slower. */
const stepped = (count: number, stepAt: number): readonly HistoryRecord[] =>
  Array.from({ length: count }, (_none, index) =>
    makeComparisonRecord({ index }, scatter(index) + (index >= stepAt ? Math.log(1.06) : 0)),
  );

test('comparisons with the reference make a series of log-ratios, those with a parent do not', () => {
  const records = [
    makeComparisonRecord({ index: 1 }, 0.01),
    makeComparisonRecord({ index: 2, role: 'parent' }, 0.5),
    makeComparisonRecord({ index: 3 }, 0.02),
  ];
  const [series] = find(records, 'connect p50');
  expect(series?.points.map(({ value }) => value)).toEqual([0.01, 0.02]);
  expect(series).toMatchObject({ scale: 'log-ratio', isJudged: true, referenceId: 'perf-reference-1' });
});

test('scenarios make a series for each metric, judged where there is a promise', () => {
  const records = [makeScenariosRecord({ index: 1 }, 5), makeScenariosRecord({ index: 2 }, 6)];
  expect(seriesOf(records).map(({ title, isJudged, better }) => [title, isJudged, better])).toEqual([
    ['basic connectTime p50', true, 'lower'],
    ['basic connectSuccess ratio', false, 'higher'],
  ]);
  expect(find(records, 'basic connectTime p50')[0]?.points.map(({ value }) => value)).toEqual([5, 6]);
});

test('a commit measured again counts once, with the run in the middle', () => {
  const again = [0.3, 0.1, 0.2].map((estimate) => makeComparisonRecord({ index: 1 }, estimate));
  expect(find(again, 'connect p50')[0]?.points.map(({ value }) => value)).toEqual([0.2]);
});

const withEntry = (difference: Partial<ScenarioEntry>): ScenariosRecord => {
  const record = makeScenariosRecord();
  return { ...record, scenarios: record.scenarios.map((entry) => Object.assign(entry, difference)) };
};

test('a metric that was not measured truly makes no point, the others of its run do', () => {
  const [entry] = makeScenariosRecord().scenarios;
  const metrics = (entry?.metrics ?? []).map((metric) =>
    Object.assign(metric, { isTrue: metric.name !== 'connectTime' }),
  );
  expect(seriesOf([withEntry({ metrics })]).map(({ metric }) => metric)).toEqual(['connectSuccess']);
});

test.each<[string, HistoryRecord]>([
  [
    'a dirty work tree',
    { ...makeScenariosRecord(), commit: { ...makeScenariosRecord().commit, isDirty: true } },
  ],
  ['a run that was not conclusive', withEntry({ isConclusive: false })],
  ['a load that was ended early', withEntry({ wasEndedEarly: true })],
])('%s makes no point', (_what, record) => {
  expect(seriesOf([record])).toEqual([]);
});

test.each([
  ['reference', { referenceId: 'perf-reference-2' }],
  ['commit behind the reference’s tag', { referenceSha: madeUpSha(99) }],
  ['class of machines', { runnerClass: 'another' }],
])('another %s begins a new series, which is then the current one', (_what, other) => {
  const records = [makeComparisonRecord({ index: 1 }), makeComparisonRecord({ index: 2, ...other })];
  expect(find(records, 'connect p50')).toHaveLength(2);
  expect(currentSeries(seriesOf(records)).map(({ points }) => points[0]?.commit.sha)).toEqual([madeUpSha(3)]);
});

test('below 18 commits a series is collecting', () => {
  const records = stepped(17, 100);
  expect(find(records, 'connect p50').map((series) => assessSeries(series, records).finding)).toEqual([
    { state: 'collecting', points: 17, needed: 18 },
  ]);
});

test.each([
  ['no comparison', [], 'candidate'],
  ['one that failed', [0.06], 'alert'],
  ['one that passed', [0], 'refuted'],
])('a step with %s to confirm it is: %s', (_what, estimates, state) => {
  const confirmations = estimates.map((estimate) =>
    makeComparisonRecord({ index: 50, role: 'other', confirms: madeUpSha(31) }, estimate),
  );
  const records = [...stepped(40, 30), ...confirmations];
  const [series] = find(records, 'connect p50');
  expect(series && assessSeries(series, records).finding).toMatchObject({
    state,
    change: { firstBad: madeUpSha(31), lastGood: madeUpSha(30) },
  });
});

test.each<[string, Parameters<typeof makeComparisonRecord>[0] & { readonly isDirty?: boolean }]>([
  ['on another class of machines', { runnerClass: 'another' }],
  ['of commits after the step', { baseSha: madeUpSha(33), confirms: madeUpSha(34) }],
  ['of a work tree with changes', { isDirty: true }],
])('a comparison %s confirms no step', (_what, { isDirty = false, ...run }) => {
  const confirmation = makeComparisonRecord(
    { index: 39, role: 'other', baseSha: madeUpSha(29), confirms: madeUpSha(31), ...run },
    0.06,
  );
  const dirty = { ...confirmation, commit: { ...confirmation.commit, isDirty } };
  const records = [...stepped(40, 30), dirty];
  const [series] = find(records, 'connect p50');
  expect(series && assessSeries(series, records).finding.state).toBe('candidate');
});

test('a step that the newest commits no longer show is kept as a past one', () => {
  const records = stepped(120, 40);
  const [series] = find(records, 'connect p50');
  const assessed = series && assessSeries(series, records);
  expect(assessed?.finding).toEqual({ state: 'steady', points: 40 });
  expect(assessed?.past.map(({ firstBad }) => firstBad)).toEqual([madeUpSha(41)]);
});

test('rates and counts are not examined', () => {
  const records = [makeScenariosRecord()];
  const [series] = find(records, 'basic connectSuccess ratio');
  expect(series && assessSeries(series, records).finding).toEqual({ state: 'not-examined' });
});
