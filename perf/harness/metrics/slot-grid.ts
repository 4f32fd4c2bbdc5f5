/** How the time of a load is cut, agreed between all of its agents: the same for every metric. */
export interface SlotGrid {
  /** What begins before this moment of the load's clock is driven and written down, and not judged; 0: no warm-up. */
  readonly warmUpMs: number;
  /** What is judged is also kept apart by slots of this width, counted from the start of the load. */
  readonly slotMs: number;
}

/** A slot is never narrower. */
export const narrowestSlotMs = 1_000;
/** More slots would make a record too large to read. */
const mostSlots = 600;
const niceWidthsSeconds = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600];

/** The width of the slots of a load that takes at most `durationMs`: one second up to ten minutes, then wider. */
export const slotWidthMs = (durationMs: number): number => {
  const seconds = niceWidthsSeconds.find((width) => durationMs <= width * 1_000 * mostSlots);
  return (seconds ?? Math.ceil(durationMs / 1_000 / mostSlots)) * 1_000;
};

/** The slot that a moment of the load's clock falls into; null for the warm-up. */
export const slotAt = ({ warmUpMs, slotMs }: SlotGrid, atMs: number): number | null =>
  atMs < warmUpMs ? null : Math.floor(atMs / slotMs);
