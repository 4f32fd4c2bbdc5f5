import { slotAt, type SlotGrid } from './slot-grid.ts';

/** One slot's events. */
export interface CounterSlot {
  readonly slot: number;
  readonly count: number;
}

/** A counter over time as plain data. */
export interface EncodedTimedCounter {
  readonly count: number;
  /** Events of the warm-up, which are in nothing else. */
  readonly leftOut: number;
  /** In the order of time; slots without events are absent. */
  readonly slots: readonly CounterSlot[];
}

/** Events, each with the moment it happened: without the warm-up, and by slots. */
export class TimedCounter {
  readonly #grid: SlotGrid;
  readonly #slots = new Map<number, number>();
  #leftOut = 0;

  constructor(grid: SlotGrid) {
    this.#grid = grid;
  }

  /** Counts an event, or as many as were there at once. */
  add(atMs: number, amount = 1): void {
    const slot = slotAt(this.#grid, atMs);
    if (slot === null) this.#leftOut += amount;
    else this.#slots.set(slot, (this.#slots.get(slot) ?? 0) + amount);
  }

  encode(): EncodedTimedCounter {
    const slots = [...this.#slots].map(([slot, count]) => ({ slot, count }));
    return mergeTimedCounters([{ leftOut: this.#leftOut, slots }]);
  }
}

/** What several agents counted, as if one had. */
export const mergeTimedCounters = (
  parts: readonly Pick<EncodedTimedCounter, 'leftOut' | 'slots'>[],
): EncodedTimedCounter => {
  const counts = new Map<number, number>();
  for (const { slot, count } of parts.flatMap(({ slots }) => slots)) {
    counts.set(slot, (counts.get(slot) ?? 0) + count);
  }
  const slots = [...counts].map(([slot, count]) => ({ slot, count })).toSorted((a, b) => a.slot - b.slot);
  return {
    count: slots.reduce((sum, { count }) => sum + count, 0),
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
    slots,
  };
};
