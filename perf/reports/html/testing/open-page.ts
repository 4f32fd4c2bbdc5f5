import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { findBrowser } from './find-browser.ts';

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly theme: 'light' | 'dark';
}

/** One series as the page's script handed it to the charting library, and whether its line is there on the canvas. */
export interface DrawnChart {
  readonly id: string;
  /** Horizontal places, then the values of each series. */
  readonly data: readonly (readonly (number | null)[])[];
  /** For each series: how many of its points have its colour on the canvas, and how many were looked at. */
  readonly painted: readonly { readonly found: number; readonly of: number }[];
  /** The colour of each series. */
  readonly strokes: readonly string[];
}

/** A page in a real browser, with everything that went wrong or out of the machine. */
export interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, warnings and messages of the page. */
  readonly said: readonly string[];
  /** Addresses that were asked for, but for the page itself. */
  readonly requests: readonly string[];
  /** The charts as they were drawn last. */
  readonly charts: () => Promise<readonly DrawnChart[]>;
  /** Waits until what has changed is painted. */
  readonly nextFrame: () => Promise<void>;
}

/** Starts the browser; the caller closes it. */
export const startBrowser = async (): Promise<Browser> => {
  const executablePath = findBrowser();
  if (executablePath === null) {
    throw new Error(
      'PERF_REQUIRE_BROWSER=1, but there is no Chromium or Chrome on the PATH. Install one (Debian: apt-get install chromium), ' +
        'or name it in PERF_BROWSER.',
    );
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
};

// Runs in the page before its own scripts, and listens to what they say of each chart.
const listenToCharts = `
window.drawnCharts = new Map();
document.addEventListener('chart-drawn', ({ target, detail }) => window.drawnCharts.set(target.id, detail));
`;

// A point counts as painted when a pixel within 3 CSS pixels of it has, about, the colour of its series.
const readCharts = `
[...window.drawnCharts].map(([id, u]) => {
  // From a copy: reading a canvas that is on the screen is slow, and the browser complains of it.
  const { width, height } = u.ctx.canvas;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context.drawImage(u.ctx.canvas, 0, 0);
  const reach = Math.ceil(3 * devicePixelRatio);
  const rgb = (color) => {
    const one = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    one.fillStyle = color;
    one.fillRect(0, 0, 1, 1);
    return [...one.getImageData(0, 0, 1, 1).data];
  };
  const isPainted = (wanted, x, y) => {
    const { data } = context.getImageData(x - reach, y - reach, 2 * reach + 1, 2 * reach + 1);
    for (let at = 0; at < data.length; at += 4)
      if (data[at + 3] > 100 && [0, 1, 2].every((part) => Math.abs(data[at + part] - wanted[part]) < 60)) return true;
    return false;
  };
  const painted = u.series.slice(1).map((series, place) => {
    const points = u.data[place + 1].flatMap((value, at) => value === null || value === undefined ? [] : [[u.data[0][at], value]]);
    const step = Math.max(1, Math.floor(points.length / 25));
    const looked = points.filter((_point, at) => at % step === 0);
    const wanted = rgb(series.stroke(u));
    const found = looked.filter(([x, y]) => isPainted(wanted, Math.round(u.valToPos(x, 'x', true)), Math.round(u.valToPos(y, series.scale, true))));
    return { found: found.length, of: looked.length };
  });
  return { id, data: u.data.map((values) => [...values]), painted, strokes: u.series.slice(1).map((series) => series.stroke(u)) };
})
`;

/** Opens a page from a file, as a person does who was sent it. */
export const openPage = async (browser: Browser, html: string, view: View): Promise<OpenedPage> => {
  const folder = await mkdtemp(join(tmpdir(), 'ws-perf-gate-page-'));
  const file = join(folder, 'page.html');
  await writeFile(file, html);
  const address = pathToFileURL(file).href;
  const page = await browser.newPage({
    viewport: { width: view.width, height: 900 },
    colorScheme: view.theme,
  });
  const said: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(String(error)));
  page.on('dialog', (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.addInitScript(listenToCharts);
  await page.goto(address);
  const nextFrame = (): Promise<void> =>
    page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))');
  await nextFrame();
  return {
    page,
    said,
    requests,
    charts: () => page.evaluate(readCharts),
    nextFrame,
    [Symbol.asyncDispose]: async () => {
      await page.close();
      await rm(folder, { recursive: true });
    },
  };
};
