import type { Unit } from './metric.ts';
import type { DistributionSlot } from './timed-distribution.ts';
import type { CounterSlot } from './timed-counter.ts';
import type { RateSlot } from './timed-rate.ts';

/** One slot's events, with the number of connections that were open from its beginning to its end. */
export interface ConnectedCounterSlot extends CounterSlot {
  readonly connections: number;
}

/** The numbers of one metric slot by slot; plain data. Slots in which there was nothing to take are absent. */
export type SlotSamples =
  | { readonly kind: 'trend'; readonly unit: Unit; readonly slots: readonly DistributionSlot[] }
  | { readonly kind: 'rate'; readonly slots: readonly RateSlot[] }
  /** A slot without any event is there with 0, as long as it was whole: within the time that is judged. */
  | { readonly kind: 'counter'; readonly slots: readonly ConnectedCounterSlot[] };

/** The metrics of a run that can be judged in windows, by name, cut into slots: slot `n` begins at `n * slotMs`. */
export interface SlotSummary {
  readonly slotMs: number;
  /** What is judged: from the end of the warm-up to the end of the hold, in ms since the start of the load. */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly metrics: Readonly<Record<string, SlotSamples>>;
}
