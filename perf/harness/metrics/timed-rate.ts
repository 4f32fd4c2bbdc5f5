import { slotAt, type SlotGrid } from './slot-grid.ts';

/** One slot's share. */
export interface RateSlot {
  readonly slot: number;
  readonly hits: number;
  readonly total: number;
}

/** A rate over time as plain data. */
export interface EncodedTimedRate {
  readonly hits: number;
  readonly total: number;
  /** Events of the warm-up, which are in nothing else. */
  readonly leftOut: number;
  /** In the order of time; slots without events are absent. */
  readonly slots: readonly RateSlot[];
}

const addSlots = (slots: Iterable<RateSlot>): RateSlot[] => {
  const sums = new Map<number, RateSlot>();
  for (const { slot, hits, total } of slots) {
    const sum = sums.get(slot) ?? { slot, hits: 0, total: 0 };
    sums.set(slot, { slot, hits: sum.hits + hits, total: sum.total + total });
  }
  return [...sums.values()].toSorted((a, b) => a.slot - b.slot);
};

/** Events that are hits or not, each with the moment it belongs to: without the warm-up, and by slots. */
export class TimedRate {
  readonly #grid: SlotGrid;
  readonly #slots = new Map<number, { readonly slot: number; hits: number; total: number }>();
  #leftOut = 0;

  constructor(grid: SlotGrid) {
    this.#grid = grid;
  }

  record(isHit: boolean, atMs: number): void {
    const slot = slotAt(this.#grid, atMs);
    if (slot === null) {
      this.#leftOut += 1;
      return;
    }
    let counts = this.#slots.get(slot);
    if (counts === undefined) this.#slots.set(slot, (counts = { slot, hits: 0, total: 0 }));
    counts.total += 1;
    if (isHit) counts.hits += 1;
  }

  encode(): EncodedTimedRate {
    return mergeTimedRates([{ leftOut: this.#leftOut, slots: [...this.#slots.values()] }]);
  }
}

/** What several agents counted, as if one had. */
export const mergeTimedRates = (
  parts: readonly Pick<EncodedTimedRate, 'leftOut' | 'slots'>[],
): EncodedTimedRate => {
  const slots = addSlots(parts.flatMap((part) => part.slots));
  return {
    hits: slots.reduce((sum, { hits }) => sum + hits, 0),
    total: slots.reduce((sum, { total }) => sum + total, 0),
    leftOut: parts.reduce((sum, { leftOut }) => sum + leftOut, 0),
    slots,
  };
};
