import { Distribution } from '../metrics/distribution.ts';
import type { Aggregation } from '../metrics/metric.ts';
import type { SlotSamples, SlotSummary } from '../metrics/slot-samples.ts';
import type { DistributionSlot } from '../metrics/timed-distribution.ts';
import { holds, limitsFromAbove } from './holds.ts';
import type { SlidingWindow } from './sliding-window.ts';
import type { Threshold } from './threshold.ts';

/** One window of a run, with what was observed in it. */
export interface ObservedWindow {
  /** On the load's clock; the last window may reach beyond the end of the run. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly observed: number;
  readonly samples: number;
}

/** What the windows of a run showed. */
export interface WindowFindings {
  /** As it was judged: what was asked for, rounded up to whole slots. */
  readonly lengthMs: number;
  readonly minimumSamples: number;
  readonly judged: number;
  readonly broken: number;
  /** Windows with fewer samples than the minimum. */
  readonly leftOut: number;
  /** The judged window farthest to the wrong side; null when none was judged. */
  readonly worst: ObservedWindow | null;
}

interface WindowValue {
  readonly observed: number | null;
  readonly samples: number;
}

type ReadWindow = (fromSlot: number, untilSlot: number) => WindowValue;

const within = <Slot extends { readonly slot: number }>(
  slots: readonly Slot[],
  fromSlot: number,
  untilSlot: number,
): readonly Slot[] => slots.filter(({ slot }) => slot >= fromSlot && slot < untilSlot);

/** Histograms are added, and the percentile is taken of the sum: never an average of percentiles. */
const readTrend = (slots: readonly DistributionSlot[], aggregation: Aggregation<'trend'>): ReadWindow => {
  const decoded = new Map<number, Distribution>();
  return (fromSlot, untilSlot) => {
    // Windows come in the order of time: what lies before this one is not needed again.
    for (const slot of decoded.keys()) if (slot < fromSlot) decoded.delete(slot);
    const window = new Distribution();
    for (const encoded of within(slots, fromSlot, untilSlot)) {
      const values = decoded.get(encoded.slot) ?? Distribution.decode(encoded);
      decoded.set(encoded.slot, values);
      window.add(values);
    }
    return { observed: window.aggregateMs(aggregation), samples: window.count };
  };
};

const reader = (samples: SlotSamples, aggregation: Threshold['aggregation']): ReadWindow => {
  switch (samples.kind) {
    case 'trend':
      return readTrend(samples.slots, aggregation as Aggregation<'trend'>);
    case 'rate':
      return (fromSlot, untilSlot) => {
        const slots = within(samples.slots, fromSlot, untilSlot);
        const total = slots.reduce((sum, one) => sum + one.total, 0);
        const hits = slots.reduce((sum, one) => sum + one.hits, 0);
        return { observed: total === 0 ? null : hits / total, samples: total };
      };
    case 'counter':
      return (fromSlot, untilSlot) => {
        const slots = within(samples.slots, fromSlot, untilSlot);
        const count = slots.reduce((sum, slot) => sum + slot.count, 0);
        // Where nobody was connected for a while, nothing could be counted.
        const connections = slots.length === 0 ? 0 : Math.min(...slots.map((slot) => slot.connections));
        if (aggregation !== 'perConnection') return { observed: count, samples: connections };
        return { observed: connections === 0 ? null : count / connections, samples: connections };
      };
    default:
      return samples satisfies never;
  }
};

/** The slots that windows cover: a count needs whole ones, everything else also those that are cut at either end. */
const coveredSlots = ({ slotMs, fromMs, untilMs }: SlotSummary, { kind }: SlotSamples): [number, number] =>
  kind === 'counter'
    ? [Math.ceil(fromMs / slotMs), Math.floor(untilMs / slotMs)]
    : [Math.floor(fromMs / slotMs), Math.ceil(untilMs / slotMs)];

/** The first slot of each window; the last window ends with the run, so that its end is never left unseen. */
const windowStarts = (first: number, end: number, length: number, step: number): number[] => {
  const starts: number[] = [];
  for (let start = first; start + length <= end; start += step) starts.push(start);
  const last = end - length;
  if (last >= first && starts.at(-1) !== last) starts.push(last);
  return starts;
};

/** Looks at a metric window by window; null where the metric is not kept over time. */
export const observeWindows = (
  { metric, aggregation, comparison, limit }: Threshold,
  { lengthMs, stepMs, minimumSamples }: SlidingWindow,
  summary: SlotSummary,
): WindowFindings | null => {
  const samples = summary.metrics[metric.name];
  if (samples === undefined) return null;
  const { slotMs } = summary;
  const length = Math.ceil(lengthMs / slotMs);
  const [first, end] = coveredSlots(summary, samples);
  const read = reader(samples, aggregation);
  const windows = windowStarts(first, end, length, Math.ceil(stepMs / slotMs)).map((start) => {
    const { observed, samples: count } = read(start, start + length);
    return { observed, samples: count, fromMs: start * slotMs, untilMs: (start + length) * slotMs };
  });
  const judged = windows.flatMap(({ observed, ...window }) =>
    observed === null || window.samples < minimumSamples ? [] : [{ ...window, observed }],
  );
  const towardsWorse = limitsFromAbove(comparison) ? 1 : -1;
  const [worst = null] = judged.toSorted((a, b) => (b.observed - a.observed) * towardsWorse);
  return {
    lengthMs: length * slotMs,
    minimumSamples,
    judged: judged.length,
    broken: judged.filter(({ observed }) => !holds(comparison, observed, limit)).length,
    leftOut: windows.length - judged.length,
    worst,
  };
};
