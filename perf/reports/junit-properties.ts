import { aggregate } from '../harness/metrics/samples.ts';
import { catalogue } from '../harness/metrics/catalogue.ts';
import type { Metric } from '../harness/metrics/metric.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import type { XmlElement } from './xml.ts';

/** A property, unless there is nothing to say. */
export const property = (name: string, value: number | string | null): readonly XmlElement[] =>
  value === null ? [] : [{ name: 'property', attributes: { name, value } }];

const aggregations = {
  trend: ['mean', 'min', 'p50', 'p90', 'p95', 'p99', 'max'],
  rate: ['ratio'],
  counter: ['count'],
  gauge: ['value'],
} as const;

/** Digits that no measurement has are left out. */
export const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toFixed(6));

/** `connectTime.p95.ms`, in the metric's unit; ratios are 0 to 1. */
const figures = ({ metrics }: RunRecord): readonly XmlElement[] =>
  catalogue.flatMap((metric: Metric) =>
    aggregations[metric.kind].flatMap((aggregation) =>
      property(
        `${metric.name}.${aggregation}${aggregation === metric.unit ? '' : `.${metric.unit}`}`,
        rounded(aggregate(metrics, metric, aggregation)),
      ),
    ),
  );

/** A run's figures, each as a property that names its unit. */
export const runProperties = (record: RunRecord): readonly XmlElement[] => [
  ...property('run', record.runId),
  ...property('target', record.target.label),
  ...property('grade', record.grade.word),
  ...property('connections.attempted', record.counts.attempted),
  ...property('connections.successful', record.counts.successful),
  ...property('connections.failed', record.counts.failed),
  ...property('connections.stable', record.counts.stable),
  ...property('messagesReceived', record.counts.messagesReceived),
  ...property('capacity', record.capacity === null ? null : (record.capacity.highestGood ?? 'none')),
  ...figures(record),
];
