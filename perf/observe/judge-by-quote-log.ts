import type { ReceivedByConnection } from '../harness/load/connection-life.ts';
import type { ReceivedRange } from '../harness/metrics/sequence-tracker.ts';
import type { PublishedQuote } from './quote-log.ts';

/** What is published later than this before the end of a connection may still have been on its way, ms. */
const onItsWayMs = 250;

/** What the publisher's log says about the connections; `unknown`: why it says nothing. */
export type LogFindings =
  | { readonly kind: 'judged'; readonly missed: number; readonly connections: number }
  | { readonly kind: 'unknown'; readonly reason: string };

interface Series {
  readonly series: string;
  readonly quotes: readonly PublishedQuote[];
  readonly sequences: ReadonlySet<number>;
}

const bySeries = (log: readonly PublishedQuote[]): readonly Series[] =>
  [...Map.groupBy(log, ({ series }) => series)].map(([series, quotes]) => ({
    series,
    // A container's log that is followed anew repeats the lines of its last second.
    quotes: [...new Map(quotes.map((quote) => [quote.sequence, quote])).values()],
    sequences: new Set(quotes.map(({ sequence }) => sequence)),
  }));

const wasReceived = ({ first, highest, missing }: ReceivedRange, sequence: number): boolean =>
  sequence <= highest &&
  sequence >= first &&
  !missing.some(([from, until]) => sequence >= from && sequence < until);

const missedOf = (
  { quotes }: Series,
  range: ReceivedRange | undefined,
  { fromEpochMs, untilEpochMs }: { readonly fromEpochMs: number; readonly untilEpochMs: number },
): number =>
  (range?.missingBefore ?? 0) +
  quotes.filter(({ sequence, publishedAtEpochMs }) => {
    if (publishedAtEpochMs > untilEpochMs) return false;
    // Of a series that it was told nothing of, a connection must have what was published once it was ready.
    if (range === undefined) return publishedAtEpochMs > fromEpochMs;
    return sequence > range.first && !wasReceived(range, sequence);
  }).length;

/** Whether a connection has a quote that the log lacks: then the log is not the whole of what was published. */
const isBeyondLog = (ranges: readonly ReceivedRange[], log: readonly Series[]): boolean =>
  ranges.some(({ series, first, highest }) => {
    const known = log.find((one) => one.series === series)?.sequences;
    for (let sequence = first + 1; sequence <= highest; sequence += 1)
      if (known?.has(sequence) !== true) return true;
    return false;
  });

/** Holds what each connection received against the publisher's own log. 0 of the load's clock is `startedAtEpochMs`. */
export const judgeByQuoteLog = (
  connections: readonly ReceivedByConnection[],
  log: readonly PublishedQuote[],
  startedAtEpochMs: number,
): LogFindings => {
  if (log.length === 0) return { kind: 'unknown', reason: 'the publisher’s log has no quote' };
  const series = bySeries(log);
  if (connections.some(({ ranges }) => isBeyondLog(ranges, series)))
    return { kind: 'unknown', reason: 'the publisher’s log lacks quotes that clients received' };
  let missed = 0;
  for (const { readyAtMs, endedAtMs, ranges } of connections) {
    const within = {
      fromEpochMs: startedAtEpochMs + readyAtMs + onItsWayMs,
      untilEpochMs: startedAtEpochMs + endedAtMs - onItsWayMs,
    };
    for (const one of series)
      missed += missedOf(
        one,
        ranges.find((range) => range.series === one.series),
        within,
      );
  }
  return { kind: 'judged', missed, connections: connections.length };
};
