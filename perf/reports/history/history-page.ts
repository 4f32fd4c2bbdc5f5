import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import type { CommitUrl } from '../../tracking/history/commit-url.ts';
import type { SeriesPoint } from '../../tracking/history/series.ts';
import { changeLines } from './check-lines.ts';
import { escapeHtml, jsonForScript } from '../html/escape-html.ts';
import { formatFigure, formatLogRatio } from './format-figure.ts';
import { historyPageScript } from './history-page-script.ts';
import { historyPageStyle } from './history-page-style.ts';

/** What the page says beside the series. */
export interface HistoryPageOptions {
  /** Null: commits are not linked. */
  readonly commitUrl: CommitUrl | null;
  readonly madeAt: Date;
}

const dayOf = ({ commit }: SeriesPoint): string => commit.committedAt.slice(0, 10);

const changePlaces = ({ series, past }: AssessedSeries): readonly number[] =>
  past.map(({ firstBad }) => series.points.findIndex(({ commit }) => commit.sha === firstBad));

const chartOf = (assessed: AssessedSeries, commitUrl: CommitUrl | null): unknown => {
  const { series } = assessed;
  const { points } = series;
  const hasIntervals = points.some(({ interval }) => interval !== null);
  return {
    title: series.title,
    unit: series.unit,
    scale: series.scale,
    values: points.map(({ value }) => value),
    low: hasIntervals ? points.map(({ interval }) => interval?.low ?? null) : null,
    high: hasIntervals ? points.map(({ interval }) => interval?.high ?? null) : null,
    dates: points.map(dayOf),
    commits: points.map(({ commit }) => commit.sha.slice(0, 10)),
    urls: points.map(({ commit }) => commitUrl?.(commit.sha) ?? null),
    changes: changePlaces(assessed),
  };
};

const link = (url: string | null, text: string): string =>
  url === null ? escapeHtml(text) : `<a href="${escapeHtml(url)}" rel="noopener">${escapeHtml(text)}</a>`;

const rowOf = (
  { series }: AssessedSeries,
  point: SeriesPoint,
  isChange: boolean,
  commitUrl: CommitUrl | null,
): string => {
  const show = (value: number): string =>
    series.scale === 'log-ratio' ? formatLogRatio(value) : formatFigure(value, series.unit);
  const { commit, interval, verdict, jobUrl, value } = point;
  const range = interval === null ? '' : `${show(interval.low)} … ${show(interval.high)}`;
  return [
    '<tr>',
    `<td>${escapeHtml(dayOf(point))}</td>`,
    `<td>${link(commitUrl?.(commit.sha) ?? null, commit.sha.slice(0, 10))}</td>`,
    `<td class="number">${escapeHtml(show(value))}</td>`,
    `<td class="number">${escapeHtml(range)}</td>`,
    `<td>${escapeHtml(verdict ?? '')}${isChange ? ' step' : ''}</td>`,
    `<td>${jobUrl === null ? '' : link(jobUrl, 'job')}</td>`,
    '</tr>',
  ].join('');
};

const sectionOf = (assessed: AssessedSeries, index: number, commitUrl: CommitUrl | null): string => {
  const { series, finding } = assessed;
  const changes = new Set(changePlaces(assessed));
  const rows = series.points.map((point, place) => rowOf(assessed, point, changes.has(place), commitUrl));
  const what =
    series.scale === 'log-ratio'
      ? `difference to ${series.referenceId} by paired comparisons, above zero is worse`
      : `absolute, ${series.better} is better`;
  const [step] = changeLines(assessed);
  return `<section aria-labelledby="series-${String(index)}">
<h2 id="series-${String(index)}">${escapeHtml(series.title)}</h2>
<p class="soft">${escapeHtml(`${what}; ${String(series.points.length)} commits on ${series.runnerClass}; ${finding.state}`)}</p>
${step === undefined ? '' : `<p class="change">${escapeHtml(step)}</p>`}
<div data-chart="${String(index)}" aria-hidden="true"></div>
<details><summary>Figures of ${escapeHtml(series.title)}</summary><div class="table" tabindex="0" role="region" aria-label="Figures"><table>
<thead><tr><th>Date</th><th>Commit</th><th class="number">Value</th><th class="number">Interval</th><th>Verdict</th><th>Run</th></tr></thead>
<tbody>${rows.toReversed().join('\n')}</tbody>
</table></div></details>
</section>`;
};

const readModule = (url: string): Promise<string> => readFile(fileURLToPath(url), 'utf8');

const sourceHash = (script: string): string =>
  `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** The page of charts: one file without a network, one chart and one table for each series, commits linked. */
export const historyPage = async (
  series: readonly AssessedSeries[],
  { commitUrl, madeAt }: HistoryPageOptions,
): Promise<string> => {
  const library = await readModule(import.meta.resolve('uplot/dist/uPlot.iife.min.js'));
  const style = (await readModule(import.meta.resolve('uplot/dist/uPlot.min.css'))) + historyPageStyle;
  // Only these two scripts run, whatever a record holds.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${sourceHash(library)} ${sourceHash(historyPageScript)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Performance across commits</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Performance across commits</h1>
<p class="soft">${String(series.length)} series, made ${escapeHtml(madeAt.toISOString().slice(0, 16).replace('T', ' '))} UTC by ws-perf-gate. Dashed lines: steps for the worse. Click a point to open its commit.</p>
${series.length === 0 ? '<p>Nothing fits: take a filter away, or add --all.</p>' : ''}
${series.map((one, index) => sectionOf(one, index, commitUrl)).join('\n')}
</main>
<script type="application/json" id="charts">${jsonForScript(series.map((one) => chartOf(one, commitUrl)))}</script>
<script>${library}</script>
<script>${historyPageScript}</script>
</body>
</html>
`;
};
