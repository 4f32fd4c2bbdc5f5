import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { parseRunRecord } from '../../harness/record/parse-run-record.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { renderRunPage } from './run-page.ts';
import { measurePage } from './testing/measure-page.ts';
import { openPage, startBrowser } from './testing/open-page.ts';
import { testInBrowser as test } from './testing/test-in-browser.ts';

// npm run test:screenshot renews the picture that the README shows, of a run that it measures; PERF_PICTURE_OF=FILE takes
// the record of a run that was measured before, while nothing else ran on the machine.
const renews = process.env['PERF_UPDATE_SCREENSHOT'] === '1';
const recordFile = process.env['PERF_PICTURE_OF'] ?? '';
const shownInReadme = fileURLToPath(new URL('../../../.github/html-report.webp', import.meta.url));

const takeRecord = async (): Promise<RunRecord> => {
  if (recordFile !== '') {
    const reading = parseRunRecord(await readFile(recordFile, 'utf8'));
    if (reading.outcome === 'unreadable')
      throw new Error(`PERF_PICTURE_OF is "${recordFile}": ${reading.reason}`);
    return reading.value;
  }
  const { record } = await measurePage(
    `test('a steady stream of clients connects in under 0.5 s on average', async ({ load }) => {
      const run = await load(ramp({ connections: 200, delaySeconds: 0.02, holdSeconds: 3 }));
      expect(run).toMeet(below(connectTime, 'mean', 500), below(connectTime, 'p95', 250));
    });`,
  );
  return record;
};

/** What is in view, as WebP: of text and lines half as large as PNG. */
const takePicture = async (page: Page): Promise<Buffer> => {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 90 });
  return Buffer.from(data, 'base64');
};

test('a picture of a run’s page is small enough for the README', async () => {
  const record = await takeRecord();
  const browser = await startBrowser();
  try {
    await using opened = await openPage(browser, renderRunPage(record), { width: 1_000, theme: 'light' });
    await opened.page.setViewportSize({ width: 1_000, height: 1_120 });
    const picture = await takePicture(opened.page);
    expect(picture.length).toBeLessThan(150_000);
    if (!renews) return;
    // A picture of a run that says nothing would be one of the machine's other work.
    expect(
      record.outcome,
      'Measure again while nothing else runs, or name a record in PERF_PICTURE_OF.',
    ).toBe('met');
    await writeFile(shownInReadme, picture);
  } finally {
    await browser.close();
  }
});
