import type { Aggregation, MetricKind } from '../metrics/metric.ts';
import { narrowestSlotMs } from '../metrics/slot-grid.ts';
import { windowedMetrics } from '../metrics/windowed-metrics.ts';
import type { Threshold } from './threshold.ts';

/** The kinds of metrics that are kept over time; a gauge has one value for the whole run. */
export type WindowedKind = Exclude<MetricKind, 'gauge'>;

/** How windows are given by a scenario's author. */
export interface WindowOptions {
  /** The length of a window: whole seconds. */
  readonly seconds: number;
  /** Between the beginnings of two windows: whole seconds, by default 1. */
  readonly everySeconds?: number;
  /**
   * With fewer samples a window is not judged. By default 100 for `p99`, 20 for `p95`, 10 for every other aggregation of
   * a trend and for a ratio; for a count, 1 connection that was open throughout.
   */
  readonly minimumSamples?: number;
}

/** So many that a percentile is not simply the largest value. */
const leastSamples: Readonly<Record<Aggregation<WindowedKind>, number>> = {
  mean: 10,
  min: 10,
  p50: 10,
  p90: 10,
  p95: 20,
  p99: 100,
  max: 10,
  ratio: 10,
  count: 1,
  perConnection: 1,
};

const wholeSlots = (name: string, seconds: number): number => {
  const ms = seconds * 1_000;
  if (Number.isSafeInteger(ms / narrowestSlotMs) && ms >= narrowestSlotMs) return ms;
  throw new TypeError(
    `inEveryWindow has ${name}: ${String(seconds)}, but windows are whole seconds, at least 1, because a run is kept in slots of a second.`,
  );
};

/**
 * The threshold holds in every window of `seconds` of the run, one after another each `everySeconds`:
 * `inEveryWindow({ seconds: 5 }, below(connectTime, 'p95', 250))`.
 */
export const inEveryWindow = <Kind extends WindowedKind>(
  { seconds, everySeconds = 1, minimumSamples }: WindowOptions,
  threshold: Threshold<Kind>,
): Threshold<Kind> => {
  if (threshold.window !== null) {
    throw new TypeError(
      'inEveryWindow takes a threshold about a whole run, and was given one about windows.',
    );
  }
  if (!windowedMetrics.some(({ name }) => name === threshold.metric.name)) {
    throw new TypeError(
      `inEveryWindow was given ${threshold.metric.name}, which is not kept over time. What can be judged in windows: ${windowedMetrics.map(({ name }) => name).join(', ')}.`,
    );
  }
  const least = minimumSamples ?? leastSamples[threshold.aggregation];
  if (!Number.isSafeInteger(least) || least < 1) {
    throw new TypeError(
      `inEveryWindow has minimumSamples: ${String(least)}, but it takes a whole number of at least 1: no data is no pass.`,
    );
  }
  return {
    ...threshold,
    window: {
      lengthMs: wholeSlots('seconds', seconds),
      stepMs: wholeSlots('everySeconds', everySeconds),
      minimumSamples: least,
    },
  };
};
