import type { Aggregation, Metric, MetricKind } from '../metrics/metric.ts';
import type { SlidingWindow } from './sliding-window.ts';

/** How the observed value must stand to the limit. */
export type Comparison = 'below' | 'at-most' | 'above' | 'at-least';

/** A limit on one aggregation of one metric, in the metric's unit. */
export interface Threshold<Kind extends MetricKind = MetricKind> {
  readonly metric: Metric<Kind>;
  readonly aggregation: Aggregation<Kind>;
  readonly comparison: Comparison;
  readonly limit: number;
  /** The limit holds in every such window of the run; null: it is about the run as a whole. */
  readonly window: SlidingWindow | null;
}

type MakeThreshold = <Kind extends MetricKind>(
  metric: Metric<Kind>,
  aggregation: Aggregation<Kind>,
  limit: number,
) => Threshold<Kind>;

const compareBy =
  (comparison: Comparison): MakeThreshold =>
  (metric, aggregation, limit) => {
    if (!Number.isFinite(limit)) {
      throw new TypeError(
        `The limit of ${metric.name} is ${String(limit)}, but a limit is a finite number of ${metric.unit}.`,
      );
    }
    if (metric.unit === 'ratio' && (limit < 0 || limit > 1)) {
      throw new TypeError(
        `The limit of ${metric.name} is ${String(limit)}, but a ratio is 0 to 1: write 0.95 for 95 %.`,
      );
    }
    return { metric, aggregation, comparison, limit, window: null };
  };

/** Observed < limit. */
export const below = compareBy('below');
/** Observed ≤ limit. */
export const atMost = compareBy('at-most');
/** Observed > limit. */
export const above = compareBy('above');
/** Observed ≥ limit. */
export const atLeast = compareBy('at-least');
