import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** The Chromium or Chrome that tests open pages with: PERF_BROWSER, or the first on the PATH; null where there is none. */
export const findBrowser = (environment: NodeJS.ProcessEnv = process.env): string | null => {
  const named = environment['PERF_BROWSER'];
  if (named !== undefined && named !== '') return named;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync) ?? null;
};
