import type { SlotGrid } from '../../metrics/slot-grid.ts';
import { TimedCounter } from '../../metrics/timed-counter.ts';
import { TimedDistribution } from '../../metrics/timed-distribution.ts';
import type { MessageResult } from '../message-result.ts';

const grid: SlotGrid = { warmUpMs: 0, slotMs: 1_000 };

/** What an agent saw that received nothing. */
export const noMessages: MessageResult = {
  received: new TimedCounter(grid).encode(),
  bytes: new TimedCounter(grid).encode(),
  gaps: new TimedDistribution(grid).encode(),
  quoteLatency: new TimedDistribution(grid).encode(),
  arrivedTooEarly: 0,
  messagesPerSecond: null,
  bytesPerSecond: null,
  fanOut: { quotes: [], letGoUpTo: {}, letGo: 0 },
  wallClockDriftMs: 0,
};
