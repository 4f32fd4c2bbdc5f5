import { expect, test } from 'vitest';
import type { ReceivedByConnection } from '../harness/load/connection-life.ts';
import { judgeByQuoteLog } from './judge-by-quote-log.ts';
import type { PublishedQuote } from './quote-log.ts';

const series = '["AAPL","1"]';
const startedAtEpochMs = 1_000_000;

/** One quote each 100 ms of the load, numbered from 1. */
const log: readonly PublishedQuote[] = Array.from({ length: 50 }, (_, index) => ({
  series,
  sequence: index + 1,
  publishedAtEpochMs: startedAtEpochMs + index * 100,
}));

const connection = (
  first: number,
  highest: number,
  missing: readonly (readonly [number, number])[] = [],
): ReceivedByConnection => ({
  readyAtMs: (first - 1) * 100,
  endedAtMs: 4_000,
  ranges: [{ series, first, highest, missing, missingBefore: 0 }],
});

test.for([
  ['everything to its end', connection(5, 41), 0],
  ['everything but what may have been on its way', connection(5, 38), 0],
  ['nothing of the last second', connection(5, 30), 8],
  ['all but three in between', connection(5, 41, [[10, 13]]), 3],
  ['nothing at all after the first', connection(5, 5), 33],
  ['no quote of the symbol', { readyAtMs: 0, endedAtMs: 4_000, ranges: [] }, 35],
] as const)('a connection that received %s', ([, received, missed]) => {
  expect(judgeByQuoteLog([received], log, startedAtEpochMs)).toEqual({
    kind: 'judged',
    missed,
    connections: 1,
  });
});

test('gaps that were too many to be kept apart count, too', () => {
  const ranges = [{ series, first: 5, highest: 41, missing: [[30, 31]] as const, missingBefore: 7 }];
  expect(judgeByQuoteLog([{ ...connection(5, 41), ranges }], log, startedAtEpochMs)).toMatchObject({
    missed: 8,
  });
});

test('a quote that is twice in the log is missed once', () => {
  expect(judgeByQuoteLog([connection(5, 30)], [...log, ...log], startedAtEpochMs)).toMatchObject({
    missed: 8,
  });
});

test('a log without a quote, or without one that a client has, says nothing', () => {
  expect(judgeByQuoteLog([connection(5, 41)], [], startedAtEpochMs)).toMatchObject({ kind: 'unknown' });
  expect(judgeByQuoteLog([connection(5, 51)], log, startedAtEpochMs)).toMatchObject({ kind: 'unknown' });
});
