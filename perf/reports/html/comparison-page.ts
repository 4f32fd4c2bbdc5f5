import type { Comparison } from '../../compare/comparison-record.ts';
import type { Outcome } from '../../harness/thresholds/verdict.ts';
import { comparisonColumns, comparisonHeadline, comparisonRow } from '../comparison-text.ts';
import { chartFigure } from './chart-figure.ts';
import { comparisonCharts } from './comparison-charts.ts';
import { htmlPage } from './html-page.ts';
import { htmlTable } from './html-table.ts';
import { intervalBar } from './interval-bar.ts';
import { markup, type Markup } from './markup.ts';
import { limitsOfMetric } from './metric-limits.ts';
import { outcomeSign } from './run-promises.ts';

type Metric = Comparison['metrics'][number];

const outcomes = { pass: 'met', fail: 'broken', inconclusive: 'inconclusive' } as const;

/** How the verdict is marked: a failure of a gate that is not trusted is none. */
const standing = ({ verdict, disarmed }: Comparison): Outcome =>
  verdict === 'fail' && disarmed !== null ? 'inconclusive' : outcomes[verdict];

const figuresTable = ({ metrics }: Comparison): Markup =>
  htmlTable(
    'Metrics',
    [...comparisonColumns, { title: 'fails from', align: 'right' }, { title: 'tolerance', align: 'right' }],
    metrics.map((metric) => [
      ...comparisonRow(metric),
      ...['fails from', 'tolerance'].map(
        (wanted) => limitsOfMetric(metric).find(({ name }) => name === wanted)?.text ?? '–',
      ),
    ]),
  );

const metricSection = (metric: Metric): Markup => markup`<section>
<h2>${metric.title}${metric.isGated ? '' : ' (not gated)'}</h2>
<p>${metric.sentence}</p>
${intervalBar(metric)}
<div class="pair">${comparisonCharts(metric).map((chart) => chartFigure(chart))}</div>
</section>`;

/** A comparison as a page: the verdict first, then each metric's interval against its limits, its blocks and distributions. */
export const renderComparisonPage = (comparison: Comparison): string => {
  const { base, head, blocks, metrics, successRate, notices, machine, target } = comparison;
  const { seed, command, startedAt } = comparison;
  const headline = comparisonHeadline(comparison);
  const outcome = standing(comparison);
  const ordered = metrics.toSorted((a, b) => Number(b.isGated) - Number(a.isGated));
  const body = markup`<div class="verdict ${outcome}"><strong>${outcomeSign(outcome)} ${headline}</strong></div>
<h1>WebSocket performance, head against base</h1>
<p>Base ${base.label}, ${base.operations.toLocaleString('en')} operations; head ${head.label}, ${head.operations.toLocaleString('en')} operations; ${blocks} blocks of alternating operations.</p>
<p class="soft">${startedAt.slice(0, 16).replace('T', ' ')} UTC, ${target.kind}, ${machine.cpuModel}, ${machine.cores} cores, Node ${machine.node}, seed ${seed}</p>
${notices.map((notice) => markup`<p class="remark">${notice}</p>`)}
${figuresTable(comparison)}
<p>${successRate.sentence}</p>
<p class="soft">In the bars below the dot is the estimated change of head against base, the thick line its interval; the dotted line
is the smallest change that fails, and beyond the dashed one lies what a pass rules out.</p>
${ordered.map(metricSection)}
<section><h2>Measure it again</h2><p><code>${command}</code></p></section>`;
  return htmlPage({ title: headline, body, charts: ordered.flatMap(comparisonCharts) });
};
