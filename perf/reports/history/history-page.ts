import type { AssessedSeries } from '../../tracking/history/assess-series.ts';
import type { CommitUrl } from '../../tracking/history/commit-url.ts';
import type { Series, SeriesPoint } from '../../tracking/history/series.ts';
import type { Chart, ChartAxis } from '../html/chart.ts';
import { chartFigure } from '../html/chart-figure.ts';
import { htmlPage } from '../html/html-page.ts';
import { htmlTable } from '../html/html-table.ts';
import { markup, type Markup } from '../html/markup.ts';
import { changeLines } from './check-lines.ts';
import { formatFigure, formatLogRatio } from './format-figure.ts';

/** What the page says beside the series. */
export interface HistoryPageOptions {
  /** Null: commits are not linked. */
  readonly commitUrl: CommitUrl | null;
  readonly madeAt: Date;
}

const dayOf = ({ commit }: SeriesPoint): string => commit.committedAt.slice(0, 10);

const changePlaces = ({ series, past }: AssessedSeries): readonly number[] =>
  past.map(({ firstBad }) => series.points.findIndex(({ commit }) => commit.sha === firstBad));

const show = ({ scale, unit }: Series, value: number): string =>
  scale === 'log-ratio' ? formatLogRatio(value) : formatFigure(value, unit);

const valueAxis = ({ scale, unit }: Series): ChartAxis => {
  if (scale === 'log-ratio') return { label: 'worse than the reference', format: 'log-ratio' };
  if (unit === 'ms' || unit === 'ratio' || unit === 'bytes') return { label: 'value', format: unit };
  return { label: unit, format: 'unit', unit };
};

const summaryOf = ({ series, finding }: AssessedSeries): string => {
  const what =
    series.scale === 'log-ratio'
      ? `difference to ${series.referenceId} by paired comparisons, above zero is worse`
      : `absolute, ${series.better} is better`;
  return `${what}; ${String(series.points.length)} commits on ${series.runnerClass}; ${finding.state}`;
};

const chartOf = (assessed: AssessedSeries, index: number, commitUrl: CommitUrl | null): Chart => {
  const { series } = assessed;
  const { points } = series;
  const hasIntervals = points.some(({ interval }) => interval !== null);
  const bound = (of: 'low' | 'high'): readonly (number | null)[] =>
    points.map(({ interval }) => interval?.[of] ?? null);
  return {
    id: `series-${String(index)}`,
    title: series.title,
    summary: summaryOf(assessed),
    x: {
      label: 'commit',
      format: 'name',
      names: points.map((point) => `${point.commit.sha.slice(0, 10)} ${dayOf(point)}`),
    },
    y: [valueAxis(series)],
    at: points.map((_point, place) => place),
    series: [
      { label: series.title, values: points.map(({ value }) => value), color: 1, draw: 'line' },
      ...(hasIntervals
        ? ([
            { label: 'low', values: bound('low'), color: 1, draw: 'hidden' },
            { label: 'high', values: bound('high'), color: 1, draw: 'hidden' },
          ] as const)
        : []),
    ],
    ...(hasIntervals && { band: [2, 1] as const }),
    // A step lies between two commits.
    marks: changePlaces(assessed).map((place) => ({ at: place - 0.5, text: 'step' })),
    urls: points.map(({ commit }) => commitUrl?.(commit.sha) ?? null),
  };
};

const link = (url: string | null, text: string): Markup =>
  url === null ? markup`${text}` : markup`<a href="${url}" rel="noopener">${text}</a>`;

const figuresOf = (assessed: AssessedSeries, commitUrl: CommitUrl | null): Markup => {
  const { series } = assessed;
  const changes = new Set(changePlaces(assessed));
  const rows = series.points.map((point, place) => {
    const { commit, interval, verdict, jobUrl, value } = point;
    return [
      dayOf(point),
      link(commitUrl?.(commit.sha) ?? null, commit.sha.slice(0, 10)),
      show(series, value),
      interval === null ? '' : `${show(series, interval.low)} … ${show(series, interval.high)}`,
      `${verdict ?? ''}${changes.has(place) ? ' step' : ''}`,
      jobUrl === null ? '' : link(jobUrl, 'job'),
    ];
  });
  return htmlTable(
    `Figures of ${series.title}`,
    [
      { title: 'Date' },
      { title: 'Commit' },
      { title: 'Value', align: 'right' },
      { title: 'Interval', align: 'right' },
      { title: 'Verdict' },
      { title: 'Run' },
    ],
    rows.toReversed(),
  );
};

/** The page of charts: one file without a network, one chart and one table for each series, commits linked. */
export const historyPage = (
  series: readonly AssessedSeries[],
  { commitUrl, madeAt }: HistoryPageOptions,
): string => {
  const charts = series.map((one, index) => chartOf(one, index, commitUrl));
  const steps = series.flatMap((one) => changeLines(one).slice(0, 1));
  const section = (title: string, scale: Series['scale']): Markup | null => {
    const figures = series.flatMap((one, index) => {
      const chart = charts[index];
      return chart === undefined || one.series.scale !== scale
        ? []
        : [chartFigure(chart, figuresOf(one, commitUrl))];
    });
    return figures.length === 0 ? null : markup`<section><h2>${title}</h2>${figures}</section>`;
  };
  const body = markup`<h1>Performance across commits</h1>
<p class="soft">${series.length} series, made ${madeAt.toISOString().slice(0, 16).replace('T', ' ')} UTC by ws-perf-gate. Dashed lines: steps for the worse. Click a point, or press Enter on it, to open its commit.</p>
${series.length === 0 ? markup`<p>There is nothing to show yet: no record at all, or none that fits. Take a filter away, or add --all.</p>` : null}
${steps.map((step) => markup`<p class="remark">${step}</p>`)}
${section('Against the reference, by paired comparisons', 'log-ratio')}
${section('Absolute figures of single runs: hints, nothing fails by them', 'absolute')}`;
  return htmlPage({ title: 'Performance across commits', body, charts });
};
