import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeUnclearBlocks } from '../../compare/testing/make-block.ts';
import { assessSeries } from '../../tracking/history/assess-series.ts';
import { seriesOf } from '../../tracking/history/series.ts';
import { makeComparisonRecord } from '../../tracking/history/testing/make-history-record.ts';
import { historyPage } from '../history/history-page.ts';
import { makeScenario, makeSession } from '../testing/make-record.ts';
import { renderComparisonPage } from './comparison-page.ts';
import { renderSessionPage } from './session-page.ts';
import { accessibilityViolations } from './testing/accessibility-violations.ts';
import { openPage, startBrowser } from './testing/open-page.ts';
import { hasBrowser, testInBrowser as test } from './testing/test-in-browser.ts';

/** A slow-down in the middle of it. */
const history = Array.from({ length: 40 }, (_none, index) =>
  makeComparisonRecord({ index }, index >= 30 ? 0.08 : 0.001 * (index % 3)),
);

const pages = {
  history: () =>
    historyPage(
      seriesOf(history).map((series) => assessSeries(series, history)),
      { commitUrl: (sha) => `https://host.example/${sha}`, madeAt: new Date('2026-11-22T20:00:00.000Z') },
    ),

  comparison: () => renderComparisonPage(comparisonOf(makeUnclearBlocks(28))),
  session: () => renderSessionPage(makeSession({ scenarios: [makeScenario()] }), () => 'run.html'),
};

let browser: Browser;

beforeAll(async () => {
  if (hasBrowser) browser = await startBrowser();
});

afterAll(async () => {
  if (hasBrowser) await browser.close();
});

test.each(['comparison', 'history', 'session'] as const)(
  'the page of a %s is quiet, readable for everyone on a phone, and its charts are painted',
  async (kind) => {
    const view = { width: 390, theme: 'dark' } as const;
    await using opened = await openPage(browser, pages[kind](), view);
    expect(opened.requests).toEqual([]);
    expect(opened.said).toEqual([]);
    for (const { id, painted } of await opened.charts()) {
      const visible = painted.filter(({ found }) => found > 0);
      expect.soft(visible.length, id).toBeGreaterThan(0);
    }
    expect(await opened.page.evaluate('document.documentElement.scrollWidth')).toBe(view.width);
    expect(await accessibilityViolations(opened.page)).toEqual([]);
  },
);
