import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { makeRecord } from '../testing/make-record.ts';
import { renderRunPage } from './run-page.ts';
import { accessibilityViolations } from './testing/accessibility-violations.ts';
import { measurePage } from './testing/measure-page.ts';
import { openPage, startBrowser, type DrawnChart } from './testing/open-page.ts';
import { hasBrowser, testInBrowser as test } from './testing/test-in-browser.ts';

let browser: Browser;
let html: string;
let record: RunRecord;

beforeAll(async () => {
  if (!hasBrowser) return;
  [browser, { html, record }] = await Promise.all([
    startBrowser(),
    measurePage(`test('some connect', async ({ load }) => {
      const run = await load(ramp({ connections: 60, delaySeconds: 0.01, holdSeconds: 1.5 }));
      expect(run).toMeet(below(connectTime, 'p95', 500));
    });`),
  ]);
});

afterAll(async () => {
  if (hasBrowser) await browser.close();
});

const chartOf = (charts: readonly DrawnChart[], wanted: string): DrawnChart => {
  const chart = charts.find(({ id }) => id === wanted);
  if (chart === undefined)
    throw new Error(`No chart ${wanted}, but ${charts.map(({ id }) => id).join(', ')}.`);
  return chart;
};

test('a page asks no network for anything, and has nothing to complain of', async () => {
  await using opened = await openPage(browser, html, { width: 1_440, theme: 'light' });
  expect(opened.requests).toEqual([]);
  expect(opened.said).toEqual([]);
});

test('the charts show what the record of a real run holds', async () => {
  await using opened = await openPage(browser, html, { width: 1_440, theme: 'light' });
  const charts = await opened.charts();
  const { connectTime } = record.metrics;
  if (connectTime?.kind !== 'trend') throw new Error('The run has no connect time.');

  const [nines = [], values = []] = chartOf(charts, 'connect-percentiles').data;
  expect(values[nines.indexOf(1)]).toBe(connectTime.p90);
  expect(values.findLast((value) => value !== null)).toBe(connectTime.max);

  const [, counts = []] = chartOf(charts, 'connect-histogram').data;
  expect(counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)).toBe(connectTime.count);

  const [times = [], open = []] = chartOf(charts, 'timeline-open').data;
  for (const point of record.timeline) expect(open[times.indexOf(point.atMs / 1_000)]).toBe(point.open);

  const [, , memory] = chartOf(charts, 'timeline-server').data;
  expect(memory).toEqual(record.server.samples.map(({ memoryBytes }) => memoryBytes));
  // What is drawn last lies on top of all others.
  for (const { id, painted } of charts) {
    const top = painted.at(-1);
    expect.soft(top?.found, id).toBe(top?.of);
    expect.soft(top?.found, id).toBeGreaterThan(0);
  }
});

test.each([
  { width: 1_440, theme: 'light' },
  { width: 390, theme: 'dark' },
] as const)('nothing keeps anyone from reading it at %j', async (view) => {
  await using opened = await openPage(browser, html, view);
  expect(await accessibilityViolations(opened.page)).toEqual([]);
  expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
});

test('arrow keys walk along a chart, and say each value', async () => {
  await using opened = await openPage(browser, html, { width: 1_440, theme: 'light' });
  const chart = opened.page.locator('#timeline-open');
  await chart.focus();
  await opened.page.keyboard.press('End');
  expect(await chart.getAttribute('role')).toBe('slider');
  expect(await chart.getAttribute('aria-valuenow')).toBe(await chart.getAttribute('aria-valuemax'));
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ s, open /u);
});

test('on paper the figures behind each chart are unfolded', async () => {
  await using opened = await openPage(browser, html, { width: 1_440, theme: 'dark' });
  await opened.page.emulateMedia({ media: 'print', colorScheme: null });
  expect(await opened.page.locator('details table').first().isVisible()).toBe(true);
  expect(await opened.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
    'rgb(255, 255, 255)',
  );
});

test('what a server said runs nothing and loads nothing', async () => {
  const nasty = `</script></title><script>alert(1)</script><img src="http://127.0.0.1:9/x" onerror="alert(2)">`;
  const page = renderRunPage(
    makeRecord({
      scenario: { name: nasty, title: nasty, file: nasty },
      interrupted: nasty,
      timeline: [{ atMs: 10, started: 1, open: 1, failed: 0, failedAfterOpening: 0, messages: 0 }],
      failures: [{ reason: 'reset', status: null, closeCode: null, detail: nasty, count: 1 }],
    }),
  );
  await using opened = await openPage(browser, page, { width: 1_440, theme: 'light' });
  expect(opened.said).toEqual([]);
  expect(opened.requests).toEqual([]);
  expect(await opened.page.locator('main img').count()).toBe(0);
  expect(await opened.page.locator('h1').textContent()).toContain('<script>alert(1)</script>');
});
