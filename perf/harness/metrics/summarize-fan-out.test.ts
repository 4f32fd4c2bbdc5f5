import { expect, test } from 'vitest';
import type { OpenedAttempt } from '../connection/attempt.ts';
import type { QuoteArrivals } from '../load/fan-out-tally.ts';
import { noMessages } from '../load/testing/no-messages.ts';
import { summarizeFanOut } from './summarize-fan-out.ts';

const startedAtEpochMs = 1_640_995_200_000;
const holdOverAtMs = 5_000;

/** A connection that was ready from then until then. */
const connection = (readyAtMs: number | null, closedAtMs = 5_002): OpenedAttempt => ({
  index: 0,
  dueAtMs: 0,
  outcome: 'opened',
  startedAtMs: 0,
  dnsResolvedAtMs: null,
  tcpConnectedAtMs: 1,
  tlsDoneAtMs: null,
  openedAtMs: 2,
  firstMessageAtMs: null,
  readyAtMs,
  closedAtMs,
  messagesReceived: 0,
  bytesReceived: 0,
  failure: null,
  stable: true,
});

const quote = (firstAtMs: number, count: number, skewMs = 10): QuoteArrivals => ({
  id: String(firstAtMs),
  series: 'A',
  sequence: firstAtMs,
  firstAtEpochMs: startedAtEpochMs + firstAtMs,
  lastAtEpochMs: startedAtEpochMs + firstAtMs + skewMs,
  count,
});

const summarized = (
  attempts: readonly OpenedAttempt[],
  quotes: readonly QuoteArrivals[],
  warmUpMs = 0,
): readonly [hits: number, total: number, skews: number, max: number | null] => {
  const { skew, reachedAll } = summarizeFanOut({
    attempts,
    grid: { warmUpMs, slotMs: 1_000 },
    messages: { ...noMessages, fanOut: { quotes, letGoUpTo: {}, letGo: 0 } },
    startedAtEpochMs,
    holdOverAtMs,
    finishedAtMs: 5_010,
  });
  return [reachedAll.hits, reachedAll.total, skew.count, skew.count === 0 ? null : skew.maxMs];
};

const three = [connection(100), connection(200), connection(1_000)];

test.for([
  { what: 'all three', quotes: [quote(2_000, 3)], gives: [1, 1, 1, 10] },
  { what: 'two of three', quotes: [quote(2_000, 2)], gives: [0, 1, 0, null] },
  { what: '249 ms after the last became ready', quotes: [quote(1_249, 3)], gives: [0, 0, 0, null] },
  { what: '250 ms after it', quotes: [quote(1_250, 3)], gives: [1, 1, 1, 10] },
  { what: '1 s before the end of the hold', quotes: [quote(4_000, 3)], gives: [1, 1, 1, 10] },
  { what: '999 ms before it', quotes: [quote(4_001, 2)], gives: [0, 0, 0, null] },
  { what: 'before anyone was ready', quotes: [quote(50, 0)], gives: [0, 0, 0, null] },
  { what: 'no quote at all', quotes: [], gives: [0, 0, 0, null] },
  { what: 'one late, one lost', quotes: [quote(2_000, 3, 700), quote(2_100, 2)], gives: [1, 2, 1, 700] },
])('$what: $gives', ({ quotes, gives }) => {
  expect(summarized(three, quotes)).toEqual(gives);
});

test('while more clients arrive, a quote is judged by those that were there', () => {
  const attempts = [connection(0), connection(100), connection(3_000)];
  expect(summarized(attempts, [quote(500, 2), quote(1_500, 2), quote(2_500, 2), quote(3_500, 3)])).toEqual([
    3, 3, 3, 10,
  ]);
});

test('a quote that comes less than 1 s before a connection is lost is left out, later ones go without it', () => {
  const attempts = [connection(0), connection(0), connection(0, 2_000)];
  expect(summarized(attempts, [quote(900, 3), quote(1_500, 2), quote(2_100, 2), quote(2_300, 2)])).toEqual([
    2, 2, 2, 10,
  ]);
});

test('a connection that never became ready is not waited for', () => {
  expect(summarized([connection(0), connection(0), connection(null)], [quote(1_000, 2)])).toEqual([
    1, 1, 1, 10,
  ]);
});

test('with a single client there is nothing to compare', () => {
  expect(summarized([connection(0)], [quote(1_000, 1)])).toEqual([0, 0, 0, null]);
});

test('a quote that was first seen in the warm-up is not judged', () => {
  expect(summarized(three, [quote(2_000, 2), quote(3_500, 3)], 3_000)).toEqual([1, 1, 1, 10]);
});
