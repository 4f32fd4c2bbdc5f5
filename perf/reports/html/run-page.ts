import * as metrics from '../../harness/metrics/catalogue.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { gradeLine } from '../grade-line.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { capacityChart } from './capacity-chart.ts';
import { capacityTable } from './capacity-table.ts';
import type { Chart } from './chart.ts';
import { chartFigure } from './chart-figure.ts';
import { histogramChart, percentileChart } from './connect-charts.ts';
import { htmlPage } from './html-page.ts';
import { markup, type Markup } from './markup.ts';
import { percentileTable } from './percentile-table.ts';
import { failuresTable } from './run-failures.ts';
import { circumstances, keyFigures, messageFacts, remarks } from './run-facts.ts';
import { benchmarks, outcomeSign, promises } from './run-promises.ts';
import { timelineCharts } from './timeline-charts.ts';

/** A part of the page, with what it draws. */
interface Section {
  readonly body: Markup;
  readonly charts: readonly Chart[];
}

const section = (title: string, content: Markup | null): Markup | null =>
  content === null ? null : markup`<section><h2>${title}</h2>${content}</section>`;

const present = <One>(list: readonly (One | null)[]): readonly One[] => list.filter((one) => one !== null);

const connectSection = (record: RunRecord): Section => {
  const curve = percentileChart('connect-percentiles', 'Connect time by percentile', record, [
    metrics.connectTime,
    metrics.connectTimeFromDue,
    metrics.readyTime,
  ]);
  const histogram = histogramChart('connect-histogram', record);
  const body = markup`<div class="pair">${present([
    curve === null ? null : chartFigure(curve),
    histogram === null ? null : chartFigure(histogram),
  ])}</div>${percentileTable('Distributions', record)}`;
  return { body, charts: present([curve, histogram]) };
};

const timelineSection = (record: RunRecord): Section => {
  const charts = timelineCharts(record);
  return { body: markup`${charts.map((chart) => chartFigure(chart))}`, charts };
};

const capacitySection = ({ capacity }: RunRecord): Section | null => {
  if (capacity === null) return null;
  const chart = capacityChart(capacity);
  if (chart === null) return null;
  return { body: markup`${chartFigure(chart)}${capacityTable(capacity)}`, charts: [chart] };
};

const messageSection = (record: RunRecord): Section | null => {
  const fanOut = percentileChart('fan-out', 'Fan-out skew and quote latency', record, [
    metrics.fanOutSkew,
    metrics.quoteLatency,
  ]);
  const roundTrip = percentileChart('round-trip', 'Ping round trip', record, [
    metrics.roundTripTime,
    metrics.roundTripTimeFromDue,
  ]);
  const charts = present([fanOut, roundTrip]);
  if (record.counts.messagesReceived === 0 && charts.length === 0) return null;
  const figures = charts.map((chart) => chartFigure(chart));
  return {
    body: markup`${messageFacts(record)}<div class="pair">${figures}</div>`,
    charts,
  };
};

const verdictBanner = (record: RunRecord, failures: readonly string[]): Markup => {
  const outcome = failures.length === 0 ? record.outcome : 'broken';
  const beside = failures.length === 0 ? '' : 'The scenario failed beside its promises. ';
  return markup`<div class="verdict ${outcome}">
<strong>${outcomeSign(outcome)} ${beside}${verdictSentence(record)}</strong>
<p>${gradeLine(record.grade)}.</p>
</div>`;
};

/**
 * One run as a page: the verdict first, then the promises, charts and figures; one file that needs no network.
 * `failures`: what made the scenario fail and is no promise.
 */
export const renderRunPage = (record: RunRecord, failures: readonly string[] = []): string => {
  const { scenario, target, startedAt } = record;
  const connect = connectSection(record);
  const timeline = timelineSection(record);
  const capacity = capacitySection(record);
  const messages = messageSection(record);
  const body = markup`${verdictBanner(record, failures)}
<h1>${scenario.name}: ${scenario.title}</h1>
<p class="soft">${target.label}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC</p>
${failures.map((message) => markup`<p class="remark">${message}</p>`)}
${keyFigures(record)}
${remarks(record)}
${section('Promises', promises(record))}
${capacity === null ? null : section('Capacity', capacity.body)}
${section('Connect time', connect.body)}
${section('Failures by reason', failuresTable(record.failures))}
${section('The guide’s benchmarks', benchmarks(record))}
${timeline.charts.length === 0 ? null : section('Over time', timeline.body)}
${messages === null ? null : section('Messages', messages.body)}
${section('How it was measured', circumstances(record))}`;
  return htmlPage({
    title: `${scenario.name}: ${verdictSentence(record)}`,
    body,
    charts: [...(capacity?.charts ?? []), ...connect.charts, ...timeline.charts, ...(messages?.charts ?? [])],
  });
};
