import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { comparisonOf } from '../../compare/testing/comparison-of.ts';
import { makeUnclearBlocks } from '../../compare/testing/make-block.ts';
import { makeScenario, makeSession } from '../testing/make-record.ts';
import { renderComparisonPage } from './comparison-page.ts';
import { renderSessionPage } from './session-page.ts';
import { accessibilityViolations } from './testing/accessibility-violations.ts';
import { openPage, startBrowser } from './testing/open-page.ts';
import { hasBrowser, testInBrowser as test } from './testing/test-in-browser.ts';

const pages = {
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

test.each(['comparison', 'session'] as const)(
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
