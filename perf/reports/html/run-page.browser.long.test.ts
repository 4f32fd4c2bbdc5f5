import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { accessibilityViolations } from './testing/accessibility-violations.ts';
import { measurePage } from './testing/measure-page.ts';
import { openPage, startBrowser, type View } from './testing/open-page.ts';
import { hasBrowser, testInBrowser as test } from './testing/test-in-browser.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const attempts = 10_000;
const firstPaintLimitMs = 1_000;
const views: readonly View[] = [1_440, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((theme) => ({ width, theme })),
);

/** The entry may come after the page has loaded. */
const firstContentfulPaintAtMs = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) if (name === 'first-contentful-paint') resolve(startTime);
  }).observe({ type: 'paint', buffered: true });
})`;

let browser: Browser;
let html: string;
let record: RunRecord;

beforeAll(async () => {
  if (!hasBrowser) return;
  // Quotes to ten thousand clients would be the load, and not their arrival.
  ({ html, record } = await measurePage(
    `test('clients connect in under 0.5 s on average, and few are refused', async ({ load }) => {
      const run = await load(ramp({ connections: ${String(attempts)}, delaySeconds: 0.003, holdSeconds: 3 }));
      expect(run).toMeet(below(connectTime, 'mean', 500), below(connectTime, 'p95', 1_000));
    });`,
    ['FAULT_REJECT_EVERY_NTH_UPGRADE=200', 'QUOTES_PER_SECOND=1'],
  ));
  browser = await startBrowser();
}, 240_000);

afterAll(async () => {
  if (hasBrowser) await browser.close();
});

test.each(views)(
  'the page of ten thousand attempts is painted within a second, quietly and readably, at %j',
  async (view) => {
    await using opened = await openPage(browser, html, view);
    const paintedAtMs: number = await opened.page.evaluate(firstContentfulPaintAtMs);
    expect(paintedAtMs).toBeLessThan(firstPaintLimitMs);
    expect(opened.requests).toEqual([]);
    expect(opened.said).toEqual([]);
    const histogram = (await opened.charts()).find(({ id }) => id === 'connect-histogram');
    const counted = (histogram?.data[1] ?? []).reduce<number>((sum, count) => sum + (count ?? 0), 0);
    expect(counted).toBe(record.counts.successful);
    expect(record.counts.attempted).toBe(attempts);
    const folder = join(repository, '.perf', 'screenshots');
    await mkdir(folder, { recursive: true });
    const picture = join(folder, `run-page-${String(view.width)}-${view.theme}.png`);
    await opened.page.screenshot({ path: picture, fullPage: true });
    expect(await accessibilityViolations(opened.page)).toEqual([]);
  },
);
