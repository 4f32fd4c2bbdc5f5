import { Distribution, type EncodedDistribution } from './distribution.ts';
import { slotAt, type SlotGrid } from './slot-grid.ts';

/** One slot's values. */
export type DistributionSlot = EncodedDistribution & { readonly slot: number };

/** A distribution over time as plain data. */
export interface EncodedTimedDistribution extends EncodedDistribution {
  /** Values of the warm-up, which are in nothing else. */
  readonly leftOut: number;
  /** In the order of time; slots without values are absent. */
  readonly slots: readonly DistributionSlot[];
}

/** Values come late, but not by much: slots unused for longest are packed away, so that a long load does not grow in memory. */
const mostOpenSlots = 16;

interface OpenSlot {
  readonly values: Distribution;
  /** Counts up with every value recorded anywhere. */
  lastUse: number;
}

const mergeSlot = (slot: number, parts: readonly EncodedDistribution[]): DistributionSlot => {
  const merged = new Distribution();
  for (const part of parts) merged.merge(part);
  return { slot, ...merged.encode() };
};

/** Values in ms, each with the moment of the load's clock that it belongs to: without the warm-up, and by slots. */
export class TimedDistribution {
  readonly #grid: SlotGrid;
  readonly #whole = new Distribution();
  readonly #open = new Map<number, OpenSlot>();
  #uses = 0;
  readonly #packed = new Map<number, EncodedDistribution[]>();
  #leftOut = 0;

  constructor(grid: SlotGrid) {
    this.#grid = grid;
  }

  /** What is judged, as one distribution. */
  get whole(): Distribution {
    return this.#whole;
  }

  get leftOut(): number {
    return this.#leftOut;
  }

  record(valueMs: number, atMs: number): void {
    const slot = slotAt(this.#grid, atMs);
    if (slot === null) {
      this.#leftOut += 1;
      return;
    }
    this.#whole.record(valueMs);
    const open = this.#open.get(slot) ?? this.#openSlot(slot);
    open.values.record(valueMs);
    open.lastUse = this.#uses += 1;
  }

  encode(): EncodedTimedDistribution {
    return { ...this.#whole.encode(), leftOut: this.#leftOut, slots: this.slots() };
  }

  /** What is judged, slot by slot. */
  slots(): DistributionSlot[] {
    for (const slot of this.#open.keys()) this.#pack(slot);
    return [...this.#packed].toSorted(([a], [b]) => a - b).map(([slot, parts]) => mergeSlot(slot, parts));
  }

  #openSlot(slot: number): OpenSlot {
    if (this.#open.size >= mostOpenSlots) this.#packUnused();
    const opened = { values: new Distribution(), lastUse: 0 };
    this.#open.set(slot, opened);
    return opened;
  }

  #packUnused(): void {
    let unused: number | null = null;
    let lastUse = Number.POSITIVE_INFINITY;
    for (const [slot, open] of this.#open) {
      if (open.lastUse > lastUse) continue;
      unused = slot;
      lastUse = open.lastUse;
    }
    if (unused !== null) this.#pack(unused);
  }

  #pack(slot: number): void {
    const values = this.#open.get(slot)?.values;
    if (values === undefined) return;
    this.#packed.set(slot, [...(this.#packed.get(slot) ?? []), values.encode()]);
    this.#open.delete(slot);
  }
}

/** What several agents recorded, as if one had: histograms added slot by slot, never averaged. */
export const mergeTimedDistributions = (
  parts: readonly EncodedTimedDistribution[],
): EncodedTimedDistribution => {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const whole = new Distribution();
  for (const part of parts) whole.merge(part);
  const bySlot = Map.groupBy(
    parts.flatMap(({ slots }) => slots),
    ({ slot }) => slot,
  );
  return {
    ...whole.encode(),
    leftOut: parts.reduce((total, { leftOut }) => total + leftOut, 0),
    slots: [...bySlot].toSorted(([a], [b]) => a - b).map(([slot, values]) => mergeSlot(slot, values)),
  };
};
