import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import {
  SequenceTracker,
  sumFindings,
  type SequenceFindings,
  type SequencedQuote,
} from './sequence-tracker.ts';

const quote = (sequence: number, series = 'e'): SequencedQuote => ({ series, sequence });

const findingsOf = (quotes: readonly SequencedQuote[], snapshot: SequencedQuote[] = []): SequenceFindings => {
  const tracker = new SequenceTracker();
  for (const one of snapshot) tracker.startFrom(one);
  for (const one of quotes) tracker.receive(one);
  return tracker.findings();
};

test.for([
  { what: 'in order', sequences: [5, 6, 7], lost: 0, duplicated: 0, reordered: 0 },
  { what: 'one skipped', sequences: [5, 7], lost: 1, duplicated: 0, reordered: 0 },
  { what: 'skipped and arrived later', sequences: [5, 7, 6], lost: 0, duplicated: 0, reordered: 1 },
  { what: 'twice', sequences: [5, 5, 6, 6], lost: 0, duplicated: 2, reordered: 0 },
  { what: 'late twice', sequences: [5, 7, 6, 6], lost: 0, duplicated: 1, reordered: 1 },
  { what: 'from before the first', sequences: [5, 4, 4], lost: 0, duplicated: 1, reordered: 1 },
  {
    what: 'a jump too far to count up to',
    sequences: [1, 1e15],
    lost: 1e15 - 2,
    duplicated: 0,
    reordered: 0,
  },
])('$what: lost $lost, duplicated $duplicated, reordered $reordered', ({ sequences, ...rest }) => {
  const { what: _, ...findings } = rest;
  expect(findingsOf(sequences.map((one) => quote(one)))).toEqual({ received: sequences.length, ...findings });
});

test('what follows a snapshot must continue from it, and what it held is not received again', () => {
  expect(findingsOf([quote(11), quote(12)], [quote(10)])).toMatchObject({ lost: 0, duplicated: 0 });
  expect(findingsOf([quote(12)], [quote(10)])).toMatchObject({ lost: 1 });
  expect(findingsOf([quote(10)], [quote(10)])).toMatchObject({ duplicated: 1 });
});

test('a new epoch is no loss, what was lost before it stays lost, and a straggler belongs to its own', () => {
  const quotes = [quote(5), quote(7), quote(1, 'f'), quote(6), quote(2, 'f')];
  expect(findingsOf(quotes.slice(0, 3))).toMatchObject({ lost: 1, duplicated: 0 });
  expect(findingsOf(quotes)).toEqual({ received: 5, lost: 0, duplicated: 0, reordered: 1 });
});

test('what the warm-up shows is no finding, also when it is mended later', () => {
  const tracker = new SequenceTracker();
  for (const sequence of [1, 1, 3, 2, 6]) tracker.receive(quote(sequence), false);
  expect(tracker.findings()).toEqual({ received: 0, lost: 0, duplicated: 0, reordered: 0 });
  for (const sequence of [5, 7, 9]) tracker.receive(quote(sequence), true);
  expect(tracker.findings()).toEqual({ received: 3, lost: 1, duplicated: 0, reordered: 1 });
});

/** Keeps everything, counts at the end. */
const naive = (quotes: readonly SequencedQuote[]): SequenceFindings => {
  const seen = new Map<string, number[]>();
  let duplicated = 0;
  let reordered = 0;
  for (const { series, sequence } of quotes) {
    const before = seen.get(series) ?? [];
    if (before.includes(sequence)) duplicated += 1;
    else if (before.some((other) => other > sequence)) reordered += 1;
    seen.set(series, [...before, sequence]);
  }
  let lost = 0;
  for (const all of seen.values())
    for (let number = all[0] ?? 0; number < Math.max(...all); number += 1)
      if (!all.includes(number)) lost += 1;
  return { received: quotes.length, lost, duplicated, reordered };
};

test('any stream gives what keeping and counting everything gives', () => {
  const anyQuote = record({
    series: constantFrom('A', 'B', 'C'),
    sequence: integer({ min: 1, max: 15 }),
  });
  assert(
    property(array(anyQuote, { maxLength: 60 }), (quotes) => {
      expect(findingsOf(quotes)).toEqual(naive(quotes));
    }),
  );
});

test('of a series with ever more gaps the newest are kept: what is missing stays lost, a late one is still known', () => {
  const tracker = new SequenceTracker();
  const receives = (sequence: number): boolean => tracker.receive(quote(sequence));
  for (let sequence = 1; sequence <= 200_001; sequence += 2) receives(sequence);
  expect(tracker.findings()).toEqual({ received: 100_001, lost: 100_000, duplicated: 0, reordered: 0 });
  expect([200_000, 199_990, 199_990].map(receives)).toEqual([true, true, false]);
  expect(tracker.findings()).toMatchObject({ lost: 99_998, duplicated: 1, reordered: 2 });
});

test('a quote is new the first time that it arrives, also when it is late', () => {
  const tracker = new SequenceTracker();
  expect([5, 7, 7, 6, 6, 4, 4].map((sequence) => tracker.receive(quote(sequence)))).toEqual([
    true,
    true,
    false,
    true,
    false,
    true,
    false,
  ]);
});

test('findings of several connections add up, and of none there are none', () => {
  const one = { received: 1, lost: 2, duplicated: 3, reordered: 4 };
  expect(sumFindings([one, one])).toEqual({ received: 2, lost: 4, duplicated: 6, reordered: 8 });
  expect(sumFindings([])).toBeNull();
});

test('of every number between the first and the highest it is told whether it is missing, however many gaps there are', () => {
  const tracker = new SequenceTracker();
  for (let sequence = 1; sequence <= 999; sequence += 2) tracker.receive({ series: 'a', sequence });
  const [range] = tracker.ranges();
  const kept = range?.missing.reduce((sum, [from, until]) => sum + until - from, 0) ?? 0;
  expect(kept).toBeLessThan(499);
  expect(kept + (range?.missingBefore ?? 0)).toBe(499);
});
