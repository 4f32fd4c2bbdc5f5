/** What kind of numbers a metric holds; it fixes which aggregations exist. */
export type MetricKind = 'trend' | 'rate' | 'counter' | 'gauge';

/** The aggregations of each kind: asking a rate for its `p95` does not compile. */
export interface AggregationsByKind {
  /** A distribution of measured values. */
  trend: 'mean' | 'min' | 'p50' | 'p90' | 'p95' | 'p99' | 'max';
  /** A share of a total, 0–1. */
  rate: 'ratio';
  /** A number of events, or of bytes; `perConnection`: divided by the successful connections. */
  counter: 'count' | 'perConnection';
  /** One value. */
  gauge: 'value';
}

/** An aggregation that metrics of kind `Kind` have. */
export type Aggregation<Kind extends MetricKind = MetricKind> = AggregationsByKind[Kind];

/** The unit of a metric's values; ratios are 0–1. */
export type Unit = 'ms' | 'ratio' | 'count' | 'bytes' | 'bytes/s' | 'messages/s' | 'connections';

/** What is measured: a name, a kind, a unit and the sentence that defines it. */
export interface Metric<Kind extends MetricKind = MetricKind> {
  readonly name: string;
  readonly kind: Kind;
  readonly unit: Unit;
  /** For people, in a sentence: `connect time`. */
  readonly title: string;
  /** What exactly is taken, both ends of the interval included. */
  readonly definition: string;
}
