import { expect, test } from 'vitest';
import { connectTime } from '../../harness/metrics/catalogue.ts';
import { Distribution } from '../../harness/metrics/distribution.ts';
import { below } from '../../harness/thresholds/threshold.ts';
import { makeRecord } from '../testing/make-record.ts';
import { renderRunPage } from './run-page.ts';
import { chartsOf } from './testing/charts-of.ts';

const distribution = new Distribution();
for (const valueMs of [1, 2, 2, 3, 40]) distribution.record(valueMs);
const measured = makeRecord({ metrics: { connectTime: distribution.samples() } });

test('the verdict in a sentence comes before all else', () => {
  const threshold = below(connectTime, 'mean', 500);
  const page = renderRunPage(
    makeRecord({
      outcome: 'broken',
      verdicts: [
        { threshold, samples: 20, outcome: 'broken', observed: 712 },
        { threshold, samples: 20, outcome: 'met', observed: 12 },
      ],
    }),
  );
  const [, text = ''] = page.split('<main>');
  expect(text.trimStart()).toMatch(
    /^<div class="verdict broken">\s*<strong><span class="mark broken" aria-hidden="true">✗<\/span> 1 of 2 promises broken: average connect time &lt; 500 ms, observed 712 ms\./u,
  );
});

test('the percentile curve and the histogram hold the distribution of the record', () => {
  const charts = chartsOf(renderRunPage(measured));
  const curve = charts.find(({ id }) => id === 'connect-percentiles');
  const histogram = charts.find(({ id }) => id === 'connect-histogram');
  expect(curve?.series[0]?.values[0]).toBeCloseTo(1, 2);
  expect(curve?.series[0]?.values.at(-1)).toBe(40);
  expect(histogram?.series[0]?.values.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(5);
});

test('each curve reaches the longest of its own samples, however many another one has', () => {
  const [few, many] = [new Distribution(), new Distribution()];
  for (let valueMs = 1; valueMs <= 25; valueMs += 1) few.record(valueMs);
  for (let valueMs = 1; valueMs <= 400; valueMs += 1) many.record(valueMs);
  const record = makeRecord({ metrics: { fanOutSkew: few.samples(), quoteLatency: many.samples() } });
  const curves = chartsOf(renderRunPage(record)).find(({ id }) => id === 'fan-out')?.series ?? [];
  expect(curves.map(({ values }) => values.findLast((value) => value !== null))).toEqual([25, 400]);
});

test('round trips are drawn of a server that sends no message by itself', () => {
  const record = makeRecord({ messages: 0, metrics: { roundTripTime: distribution.samples() } });
  expect(chartsOf(renderRunPage(record)).map(({ id }) => id)).toContain('round-trip');
});

test('rates over time are differences of what had been seen', () => {
  const point = { open: 0, failed: 0, failedAfterOpening: 0, messages: 0 };
  const [, rates] = chartsOf(
    renderRunPage(
      makeRecord({
        metrics: {},
        timeline: [
          { ...point, atMs: 1_000, started: 10, open: 10 },
          { ...point, atMs: 3_000, started: 30, open: 25, failed: 4, failedAfterOpening: 1 },
        ],
      }),
    ),
  );
  expect(rates).toMatchObject({
    at: [0, 1, 3],
    series: [{ values: [10, 10, null] }, { values: [0, 2, null] }, { values: [0, 0.5, null] }],
  });
});

test('the server’s processor time is shown as a share of a core', () => {
  const sample = { memoryBytes: 1_048_576, currentConnections: 3 };
  const charts = chartsOf(
    renderRunPage(
      makeRecord({
        timeline: [{ atMs: 10, started: 1, open: 1, failed: 0, failedAfterOpening: 0, messages: 0 }],
        server: {
          samples: [
            { ...sample, atMs: 0, cpuMs: 100 },
            { ...sample, atMs: 1_000, cpuMs: 350 },
          ],
          statisticsBefore: null,
          statisticsAfter: null,
          differences: null,
        },
      }),
    ),
  );
  expect(charts.find(({ id }) => id === 'timeline-server')?.series).toMatchObject([
    { values: [0.25, null] },
    { values: [1_048_576, 1_048_576] },
  ]);
});

test('the curve of a capacity search marks the last level that held and the first that did not', () => {
  const level = { counts: measured.counts, meanConnectTimeMs: 5, verdicts: [] };
  const capacity = {
    levels: [
      { ...level, connections: 20, outcome: 'met' as const },
      { ...level, connections: 40, outcome: 'broken' as const },
      { ...level, connections: 30, outcome: 'met' as const },
    ],
    highestGood: 30,
    limitedByTest: false,
  };
  expect(chartsOf(renderRunPage(makeRecord({ capacity })))[0]).toMatchObject({
    at: [20, 30, 40],
    marks: [{ at: 30, text: 'knee: 30 held' }, { at: 40 }],
  });
});

test('each of the guide’s benchmarks stands with its figure, met or not', () => {
  const page = renderRunPage(
    makeRecord({
      grade: {
        word: 'poor',
        indicators: [
          { name: 'Connection Time', text: 'average 0.2 s (good < 0.5 s)', grade: 'good' },
          { name: 'Success Rate', text: '70.0 % (good > 95 %)', grade: 'poor' },
        ],
      },
    }),
  );
  expect(page).toMatch(
    /benchmarks<\/h2><ul><li>✓ Connection Time: average 0\.2 s \(good &lt; 0\.5 s\)<\/li><li>✗ Success Rate: 70\.0 %/u,
  );
});

test('a timeline that begins at once is drawn from there, and no moment twice', () => {
  const point = { open: 0, failed: 0, failedAfterOpening: 0, messages: 0 };
  const timeline = [
    { ...point, atMs: 0, started: 1 },
    { ...point, atMs: 500, started: 2 },
  ];
  const rates = chartsOf(renderRunPage(makeRecord({ metrics: {}, timeline }))).find(
    ({ id }) => id === 'timeline-rates',
  );
  expect(rates?.at).toEqual([0, 0.5]);
});

test('the page says how long its scenario took, where the record knows', () => {
  const scenarioEnding = { outcome: 'met', reason: null, errors: [], durationMs: 4_200 } as const;
  expect(renderRunPage(makeRecord({ scenarioEnding }))).toMatch(/Scenario took<\/th><td[^>]*>4\.200 s</u);
  expect(renderRunPage(makeRecord())).not.toContain('Scenario took');
});

test('failures are listed by reason with their likely cause', () => {
  const page = renderRunPage(
    makeRecord({
      failures: [
        { reason: 'refused', status: null, closeCode: null, detail: null, count: 1 },
        { reason: 'overloaded', status: 503, closeCode: null, detail: 'busy', count: 3 },
      ],
    }),
  );
  expect(page).toMatch(
    /overloaded \(HTTP 503\).*?server overload: it said so itself.*?said: busy.*?75\.0 %.*?refused.*?25\.0 %/su,
  );
});

test('what a server said is shown as text, shortened, and can not end the data of the charts', () => {
  const nasty = `</script><script>alert(1)</script>\u001B[31m=cmd()\n"'&${'x'.repeat(1_000_000)}`;
  const page = renderRunPage(
    makeRecord({
      scenario: { name: nasty, title: nasty, file: nasty },
      interrupted: nasty,
      failures: [{ reason: 'reset', status: null, closeCode: null, detail: nasty, count: 1 }],
    }),
  );
  expect(page).not.toContain('<script>alert');
  expect(page).not.toContain('\u001B');
  expect(page).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
  expect(page.length).toBeLessThan(200_000);
});

test('a run of which nothing is known makes a page without charts', () => {
  const page = renderRunPage(makeRecord({ successful: 0, messages: 0, outcome: 'unjudged' }));
  expect(chartsOf(page)).toEqual([]);
  expect(page).toContain('Measured, and not judged: no promise was stated.');
});
