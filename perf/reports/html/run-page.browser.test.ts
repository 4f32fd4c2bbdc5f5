import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { makeRecord } from '../testing/make-record.ts';
import { renderRunPage } from './run-page.ts';
import { accessibilityViolations } from './testing/accessibility-violations.ts';
import { measurePage } from './testing/measure-page.ts';
import { openPage, startBrowser, type DrawnChart, type OpenedPage } from './testing/open-page.ts';
import { hasBrowser, testInBrowser as test } from './testing/test-in-browser.ts';

let browser: Browser;
let html: string;
let record: RunRecord;
/** One page for all tests that read it, since each opening costs as much as all that they do. */
let wide: OpenedPage;

beforeAll(async () => {
  if (!hasBrowser) return;
  [browser, { html, record }] = await Promise.all([
    startBrowser(),
    measurePage(`test('some connect', async ({ load }) => {
      const run = await load(ramp({ connections: 60, delaySeconds: 0.01, holdSeconds: 1.5 }));
      // So far away that it is not drawn, however slow the machine is: its text could lie on a curve.
      expect(run).toMeet(below(connectTime, 'p95', 600_000));
    });`),
  ]);
  wide = await openPage(browser, html, { width: 1_440, theme: 'dark' });
});

afterAll(async () => {
  if (!hasBrowser) return;
  await wide[Symbol.asyncDispose]();
  await browser.close();
});

const chartOf = (charts: readonly DrawnChart[], wanted: string): DrawnChart => {
  const chart = charts.find(({ id }) => id === wanted);
  if (chart === undefined)
    throw new Error(`No chart ${wanted}, but ${charts.map(({ id }) => id).join(', ')}.`);
  return chart;
};

/** Of what is drawn last, and so lies on top of all others. A point may lie in the gap of a dashed line. */
const paintedRatio = ({ painted }: DrawnChart): number => {
  const top = painted.at(-1);
  return top === undefined ? 0 : top.found / top.of;
};

test('the charts show what the record of a real run holds', async () => {
  const charts = await wide.charts();
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
  for (const chart of charts) expect.soft(paintedRatio(chart), chart.id).toBeGreaterThan(0.9);
});

test('arrow keys walk along a chart, and say each value', async () => {
  const chart = wide.page.locator('#timeline-open');
  await chart.focus();
  await wide.page.keyboard.press('End');
  expect(await chart.getAttribute('role')).toBe('slider');
  expect(await chart.getAttribute('aria-valuenow')).toBe(await chart.getAttribute('aria-valuemax'));
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^[\d.]+ s, open /u);
});

test('on paper the figures behind each chart are unfolded, and it stays white where the screen is dark', async () => {
  const background = (): Promise<unknown> =>
    wide.page.evaluate('getComputedStyle(document.body).backgroundColor');
  const table = wide.page.locator('details table').first();
  expect([await table.isVisible(), await background()]).toEqual([false, 'rgb(13, 17, 23)']);
  await wide.page.emulateMedia({ media: 'print' });
  expect([await table.isVisible(), await background()]).toEqual([true, 'rgb(255, 255, 255)']);
  await wide.page.emulateMedia({ media: 'screen' });
  // The charts, too, are those of the dark screen again.
  await wide.nextFrame();
});

test('charts are drawn anew when the system changes to light, and nothing keeps anyone from reading the page', async () => {
  const inDark = await wide.charts();
  await wide.page.emulateMedia({ colorScheme: 'light' });
  await wide.nextFrame();
  for (const [place, chart] of (await wide.charts()).entries()) {
    expect.soft(chart.strokes, chart.id).not.toEqual(inDark[place]?.strokes);
    expect.soft(paintedRatio(chart), chart.id).toBeGreaterThan(0.9);
  }
  expect(await accessibilityViolations(wide.page)).toEqual([]);
});

test('on a phone nothing keeps anyone from reading it either, and it is as wide as the phone', async () => {
  const view = { width: 390, theme: 'dark' } as const;
  await using opened = await openPage(browser, html, view);
  expect(await accessibilityViolations(opened.page)).toEqual([]);
  expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
});

test('a page has asked no network for anything, and has nothing to complain of after all that', () => {
  expect(wide.requests).toEqual([]);
  expect(wide.said).toEqual([]);
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
