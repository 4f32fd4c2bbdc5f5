import * as metrics from '../harness/metrics/catalogue.ts';
import { aggregate } from '../harness/metrics/samples.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { judgedRecords } from './judged-records.ts';
import type { ScenarioResult } from './session-result.ts';

interface Bar {
  readonly name: string;
  readonly value: number;
}

const percentiles = ['min', 'p50', 'p90', 'p95', 'p99', 'max'] as const;

/** Names stand in quotes there, out of which nothing else leads. Bars of one name would lie over each other: `basic`, `basic 2`. */
const quoted = (names: readonly string[]): readonly string[] => {
  const harmless = names.map((name) => name.replaceAll(/[^\w .-]/gu, '_').slice(0, 40));
  return harmless.map((name, place) => {
    const before = harmless.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? `"${name}"` : `"${name} ${String(before + 1)}"`;
  });
};

/** Of Okabe and Ito's colours the one that stands out 3 : 1 from white and from GitHub's dark; Mermaid's own is nearly white. */
const colors = '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#0072b2"}}}}%%';

// https://mermaid.js.org/syntax/xyChart.html: GitHub draws it, and no image would be shown without a server for it.
const xyChart = (title: string, bars: readonly Bar[], orientation: '' | ' horizontal'): readonly string[] => {
  const highest = Math.max(...bars.map(({ value }) => value));
  return [
    '```mermaid',
    colors,
    `xychart-beta${orientation}`,
    `  title "${title}"`,
    `  x-axis [${quoted(bars.map(({ name }) => name)).join(', ')}]`,
    `  y-axis "ms" 0 --> ${String(Math.max(highest, 0.001))}`,
    `  bar [${bars.map(({ value }) => String(value)).join(', ')}]`,
    '```',
  ];
};

const bar = (name: string, value: number | null): readonly Bar[] =>
  value === null ? [] : [{ name, value: Number(value.toFixed(3)) }];

/** How long connecting took, as a chart in Mermaid: of one run its percentiles, of several scenarios each one's p95. */
export const connectChart = (scenarios: readonly ScenarioResult[]): readonly string[] => {
  const runs = scenarios.flatMap(({ name, records }) => {
    const record = judgedRecords(records).at(-1);
    return record === undefined ? [] : [{ name, record }];
  });
  const at = ({ metrics: summary }: RunRecord, aggregation: (typeof percentiles)[number]): number | null =>
    aggregate(summary, metrics.connectTime, aggregation);
  const [only] = runs;
  const bars =
    runs.length === 1 && only !== undefined
      ? percentiles.flatMap((percentile) => bar(percentile, at(only.record, percentile)))
      : runs.flatMap(({ name, record }) => bar(name, at(record, 'p95')));
  if (bars.length === 0) return [];
  return runs.length === 1
    ? xyChart('Connect time, by percentile', bars, '')
    : // Names of scenarios are too long to stand beside each other.
      xyChart('Connect time p95, by scenario', bars, ' horizontal');
};
