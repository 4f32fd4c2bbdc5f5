import { mergeTimedCounters, type EncodedTimedCounter } from '../metrics/timed-counter.ts';
import { mergeTimedDistributions, type EncodedTimedDistribution } from '../metrics/timed-distribution.ts';
import { mergeFanOut, type QuoteFanOut } from './fan-out-tally.ts';

/** What agents saw of the messages; plain data, mergeable. */
export interface MessageResult {
  /** Data messages, and their bytes. */
  readonly received: EncodedTimedCounter;
  readonly bytes: EncodedTimedCounter;
  /** Between one message and the next on the same connection. */
  readonly gaps: EncodedTimedDistribution;
  /** From `publishedAt` to the arrival; empty where the clocks' offset is not known. */
  readonly quoteLatency: EncodedTimedDistribution;
  /** Quotes that arrived before they were published, by more than the offset's uncertainty and their resolution. */
  readonly arrivedTooEarly: number;
  /** Received per second while the load was held; null where it was not, or too shortly to say. */
  readonly messagesPerSecond: number | null;
  readonly bytesPerSecond: number | null;
  readonly fanOut: QuoteFanOut;
  /** How far the wall clock moved against the monotonic one meanwhile; of several agents, the farthest. */
  readonly wallClockDriftMs: number;
}

const sumKnown = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
};

/** What several agents saw, as if one had: histograms and rates added, the fan-out brought together quote by quote. */
export const mergeMessages = (parts: readonly MessageResult[]): MessageResult => ({
  received: mergeTimedCounters(parts.map(({ received }) => received)),
  bytes: mergeTimedCounters(parts.map(({ bytes }) => bytes)),
  gaps: mergeTimedDistributions(parts.map(({ gaps }) => gaps)),
  quoteLatency: mergeTimedDistributions(parts.map(({ quoteLatency }) => quoteLatency)),
  arrivedTooEarly: parts.reduce((total, part) => total + part.arrivedTooEarly, 0),
  messagesPerSecond: sumKnown(parts.map(({ messagesPerSecond }) => messagesPerSecond)),
  bytesPerSecond: sumKnown(parts.map(({ bytesPerSecond }) => bytesPerSecond)),
  fanOut: mergeFanOut(parts.map(({ fanOut }) => fanOut)),
  wallClockDriftMs: parts.reduce(
    (farthest, { wallClockDriftMs }) =>
      Math.abs(wallClockDriftMs) > Math.abs(farthest) ? wallClockDriftMs : farthest,
    0,
  ),
});
