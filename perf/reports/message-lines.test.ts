import { expect, test } from 'vitest';
import { messageLines } from './message-lines.ts';
import type { ClockRecord, RunRecord } from '../harness/record/run-record.ts';

const shared: ClockRecord = {
  kind: 'shared',
  reason: 'the server is a process of this machine',
  offsetMs: 0,
  uncertaintyMs: 0.004,
};
const estimated: ClockRecord = {
  kind: 'estimated',
  offsetMs: -250.4,
  uncertaintyMs: 0.8,
  roundTripMs: 1.5,
  exchanges: 10,
  driftMs: 0.05,
};

const counters: RunRecord['metrics'] = {
  messagesPerSecond: { kind: 'gauge', unit: 'messages/s', value: 402.26, readings: 1 },
  bytesPerSecond: { kind: 'gauge', unit: 'bytes/s', value: 51_200, readings: 1 },
  bytesReceived: { kind: 'counter', count: 152_000, connections: 20 },
  quotesToEveryClient: { kind: 'rate', hits: 55, total: 56 },
  quotesTooEarly: { kind: 'counter', count: 3, connections: 20 },
};

test('throughput, bytes, fan-out and the clock stand in three lines', () => {
  expect(messageLines({ metrics: counters, publisherClock: shared, quotesNotJudged: 0 })).toEqual([
    'Messages: 402.3 messages/s · 50.00 KiB/s while held · 148.44 KiB in all · 7.42 KiB per connection',
    'Fan-out: 55 of 56 quotes reached every client',
    'Quote latency: one clock (the server is a process of this machine), ± 0.004 ms · published in whole ms, so up to 1 ms too long · 3 quotes arrived before they were published',
  ]);
});

test('quotes whose fan-out was let go are said to be not judged', () => {
  const { quotesToEveryClient } = counters;
  if (quotesToEveryClient === undefined) throw new Error('It stands above.');
  expect(
    messageLines({ metrics: { quotesToEveryClient }, publisherClock: null, quotesNotJudged: 7 }),
  ).toEqual([
    'Fan-out: 55 of 56 quotes reached every client (the newest ones; 7 earlier ones were let go and not judged)',
  ]);
});

test('an estimated offset is shown with its uncertainty and drift', () => {
  expect(messageLines({ metrics: {}, publisherClock: estimated, quotesNotJudged: 0 })).toEqual([
    'Quote latency: server’s clock 250 ms behind, ± 0.800 ms (shortest of 10 exchanges 1.5 ms, drift 0.050 ms) · published in whole ms, so up to 1 ms too long',
  ]);
});

test('a latency that could not be taken says why', () => {
  const publisherClock = { kind: 'unknown', reason: 'the server is far away' } as const;
  expect(messageLines({ metrics: {}, publisherClock, quotesNotJudged: 0 })).toEqual([
    'Quote latency: not taken: the server is far away',
  ]);
});

test('of a run without messages nothing is said', () => {
  expect(messageLines({ metrics: {}, publisherClock: null, quotesNotJudged: 0 })).toEqual([]);
});
