import { test } from 'vitest';
import { findBrowser } from './find-browser.ts';

/** Whether these tests run: a browser is there, or its absence is to be an error. */
export const hasBrowser = findBrowser() !== null || process.env['PERF_REQUIRE_BROWSER'] === '1';

/** `test` for tests that need a browser: skipped where there is none, unless PERF_REQUIRE_BROWSER=1 forbids that. */
export const testInBrowser = test.skipIf(!hasBrowser);
