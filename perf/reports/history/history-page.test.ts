import { expect, test } from 'vitest';
import { assessSeries } from '../../tracking/history/assess-series.ts';
import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import { seriesOf } from '../../tracking/history/series.ts';
import {
  makeComparisonRecord,
  makeScenariosRecord,
} from '../../tracking/history/testing/make-history-record.ts';
import { chartsOf } from '../html/testing/charts-of.ts';
import { historyPage } from './history-page.ts';

const madeAt = new Date('2026-11-22T20:00:00.000Z');
const pageOf = (
  records: readonly HistoryRecord[],
  commitUrl: ((sha: string) => string) | null = null,
): string =>
  historyPage(
    seriesOf(records).map((series) => assessSeries(series, records)),
    { commitUrl, madeAt },
  );

const records = [makeComparisonRecord({ index: 1 }, 0.01), makeComparisonRecord({ index: 2 }, -0.004)];

test('the page holds the figures of each series, for the chart and as a table', () => {
  const page = pageOf(records);
  expect(chartsOf(page)).toMatchObject([
    {
      title: 'connect p50',
      series: [{ values: [0.01, -0.004] }, { label: 'low' }, { label: 'high' }],
      x: { names: [expect.stringMatching(/ 2026-01-02$/u), expect.stringMatching(/ 2026-01-03$/u)] },
      marks: [],
    },
  ]);
  expect(page).toContain(
    '<td class="number">+1.0 %</td><td class="number">−1.0 % … +3.0 %</td><td class="text">pass</td>',
  );
  expect(page).toContain('<td class="number">−0.4 %</td>');
});

test('a step is marked in the chart and in the table', () => {
  const history = Array.from({ length: 40 }, (_none, index) =>
    makeComparisonRecord({ index }, index >= 30 ? 0.08 : 0.001 * (index % 3)),
  );
  const page = pageOf(history);
  expect(chartsOf(page)).toMatchObject([{ marks: [{ at: 29.5, text: 'step' }] }]);
  expect(page).toMatch(/<p class="remark">CANDIDATE connect p50: 8\.\d % worse from 0000001f00 on/u);
  expect(page.match(/ step<\/td>/gu)).toHaveLength(1);
});

test('the page loads nothing: no address but links, and a policy that allows its own two scripts alone', () => {
  const page = pageOf(records, (sha) => `https://host.example/${sha}`);
  expect(page).toMatch(
    /content="default-src 'none'; img-src data:; style-src 'sha256-[^']+'; script-src 'sha256-[^']+' 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/u,
  );
  expect(page).not.toMatch(/<(?:img|iframe|script [^>]*src)/u);
  expect(page.match(/href="[^"]*"/gu)).toEqual(
    // The icon is an empty one: without it, a browser would ask a server for one.
    [
      'href="data:,"',
      ...[1, 0].map((place) => `href="https://host.example/${records[place]?.commit.sha ?? ''}"`),
    ],
  );
});

test('texts of the branch stay texts', () => {
  const nasty = `</script><script>alert(1)</script>"'&`;
  const record = makeScenariosRecord();
  const page = pageOf([
    {
      ...record,
      machine: { ...record.machine, runnerClass: nasty },
      scenarios: record.scenarios.map((entry) => Object.assign(entry, { name: nasty })),
    },
  ]);
  expect(page).not.toContain('<script>alert');
  expect(page).toContain('&lt;script&gt;alert(1)');
  expect(chartsOf(page)[0]?.title).toBe(`${nasty} connectTime p50`);
});

test('a megabyte in the name of a scenario stays out of the page, and so do control characters', () => {
  const record = makeScenariosRecord();
  const name = `\u001B[31m\u202Ebasic${'x'.repeat(1_000_000)}`;
  const page = pageOf([
    { ...record, scenarios: record.scenarios.map((entry) => Object.assign(entry, { name })) },
  ]);
  expect(page.length).toBeLessThan(200_000);
  for (const kept of ['\u001B', '\u202E', String.raw`\u001b`]) expect(page).not.toContain(kept);
});

test('without a series it says so, and what to do', () => {
  expect(pageOf([])).toContain('There is nothing to show yet');
});
