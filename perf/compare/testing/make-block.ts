import { perSide } from '../side.ts';
import type { MeasuredBlock, SideOfBlock } from '../run-block.ts';

const operations = 20;

const sideOf = (connectMs: number, failures: SideOfBlock['failures'] = {}): SideOfBlock => ({
  attempted: operations,
  connectMs: Array.from({ length: operations }, () => connectMs),
  firstMessageMs: Array.from({ length: operations }, () => connectMs / 10),
  roundTripMs: Array.from({ length: operations }, () => connectMs / 5),
  messages: Array.from({ length: operations }, () => 2),
  failures,
  cpuMs: connectMs * operations,
  memoryBytesPerConnection: null,
  roundTripsPerSecond: null,
});

/** Blocks in which head takes `slowdown` times as long as base, but for a little that differs from block to block. */
export const makeBlocks = (
  count: number,
  slowdown: number,
  failures: SideOfBlock['failures'] = {},
): MeasuredBlock[] =>
  Array.from({ length: count }, (_, block) => {
    const wobble = 1 + ((block * 7) % 11) / 2_000;
    return perSide((side) => (side === 'base' ? sideOf(1) : sideOf(slowdown * wobble, failures)));
  });

/** Blocks that contradict each other, so that no verdict is clear. */
export const makeUnclearBlocks = (count: number): MeasuredBlock[] =>
  Array.from({ length: count }, (_, block) => makeBlocks(1, block % 2 === 0 ? 1.2 : 0.9)).flat();
