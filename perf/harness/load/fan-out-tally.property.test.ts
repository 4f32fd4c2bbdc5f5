import { array, assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { FanOutTally, mergeFanOut, type QuoteArrivals } from './fan-out-tally.ts';
import type { MarketQuote } from './market-messages.ts';

const quoteOf = (sequence: number, series = 'A'): MarketQuote => ({
  symbol: series,
  series,
  sequence,
  id: `${series}${String(sequence)}`,
  publishedAtEpochMs: null,
});

const arrival = record({ sequence: integer({ min: 1, max: 20 }), agent: integer({ min: 0, max: 2 }) });

/** Keeps every arrival, looks at the end. */
const naive = (sequences: readonly { readonly sequence: number }[]): Map<string, Partial<QuoteArrivals>> => {
  const all = new Map<string, { count: number; firstAtEpochMs: number; lastAtEpochMs: number }>();
  for (const [atEpochMs, { sequence }] of sequences.entries()) {
    const { id } = quoteOf(sequence);
    const before = all.get(id) ?? { count: 0, firstAtEpochMs: atEpochMs };
    all.set(id, { ...before, count: before.count + 1, lastAtEpochMs: atEpochMs });
  }
  return all;
};

test('agents together give what one that saw everything would', () => {
  assert(
    property(array(arrival, { maxLength: 100 }), (arrivals) => {
      const agents = [new FanOutTally(), new FanOutTally(), new FanOutTally()];
      for (const [atEpochMs, { sequence, agent }] of arrivals.entries())
        agents[agent]?.arrived(quoteOf(sequence), atEpochMs);
      const merged = mergeFanOut(agents.map((agent) => agent.result()));
      const expected = naive(arrivals);
      expect(merged.quotes).toHaveLength(expected.size);
      for (const quote of merged.quotes) expect(quote).toMatchObject(expected.get(quote.id) ?? {});
    }),
  );
});

test('what is kept was seen whole, however little is kept and whoever let go of the rest', () => {
  assert(
    property(array(arrival, { maxLength: 100 }), integer({ min: 1, max: 6 }), (arrivals, mostKept) => {
      const agents = [new FanOutTally(mostKept), new FanOutTally(mostKept), new FanOutTally(mostKept)];
      for (const [atEpochMs, { sequence, agent }] of arrivals.entries())
        agents[agent]?.arrived(quoteOf(sequence), atEpochMs);
      const merged = mergeFanOut(agents.map((agent) => agent.result()));
      const expected = naive(arrivals);
      for (const quote of merged.quotes) expect(quote).toMatchObject(expected.get(quote.id) ?? {});
      for (const agent of agents) expect(agent.result().quotes.length).toBeLessThanOrEqual(mostKept);
    }),
  );
});

test('the oldest quotes are let go, counted, and not begun anew by a straggler', () => {
  const tally = new FanOutTally(2);
  for (const sequence of [1, 2, 3, 1, 3]) tally.arrived(quoteOf(sequence), sequence);
  const { quotes, letGo, letGoUpTo } = tally.result();
  expect(quotes.map(({ sequence, count }) => [sequence, count])).toEqual([
    [2, 1],
    [3, 2],
  ]);
  expect({ letGo, letGoUpTo }).toEqual({ letGo: 1, letGoUpTo: { A: 1 } });
});

test('a series is let go by itself: others of the same number stay', () => {
  const tally = new FanOutTally(1);
  tally.arrived(quoteOf(1, 'A'), 1);
  tally.arrived(quoteOf(1, 'B'), 2);
  expect(tally.result().quotes).toMatchObject([{ series: 'B', count: 1 }]);
});
