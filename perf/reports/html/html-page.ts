import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Chart } from './chart.ts';
import { chartScript } from './chart-script.ts';
import { jsonForScript } from './escape-html.ts';
import { markup, type Markup } from './markup.ts';
import { pageStyle } from './page-style.ts';

/** What a page shows. */
export interface HtmlPage {
  readonly title: string;
  readonly body: Markup;
  readonly charts: readonly Chart[];
}

const readModule = (url: string): string => readFileSync(fileURLToPath(url), 'utf8');

const sourceHash = (source: string): string =>
  `'sha256-${createHash('sha256').update(source).digest('base64')}'`;

/** One file that needs no network: text and tables, and the charts that its script draws from the JSON in it. */
export const htmlPage = ({ title, body, charts }: HtmlPage): string => {
  const library = readModule(import.meta.resolve('uplot/dist/uPlot.iife.min.js'));
  const style = `${readModule(import.meta.resolve('uplot/dist/uPlot.min.css'))}${pageStyle}`;
  // Only these two scripts and this style apply, whatever a record holds, and nothing is loaded.
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${sourceHash(style)}`,
    `script-src ${sourceHash(library)} ${sourceHash(chartScript)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
${markup`<title>${title}</title>`.html}
<style>${style}</style>
</head>
<body>
<main>
${body.html}
</main>
<script type="application/json" id="charts">${jsonForScript(charts)}</script>
<script>${library}</script>
<script>${chartScript}</script>
</body>
</html>
`;
};
