import { expect, test } from 'vitest';
import { Distribution } from '../metrics/distribution.ts';
import { mergeMessages } from './message-result.ts';
import { MessageTally, type ClockOffset } from './message-tally.ts';

const originEpochMs = 1_640_995_200_000;

const tallyAt = (
  offset: ClockOffset | null,
  { driftMs = 0, warmUpMs = 0 } = {},
): { tally: MessageTally; now: { ms: number } } => {
  const now = { ms: 0 };
  const epochClock = { now: () => originEpochMs + now.ms, driftMs: () => driftMs };
  const grid = { warmUpMs, slotMs: 1_000 };
  return { tally: new MessageTally({ clock: () => now.ms, epochClock, offset, grid }), now };
};

const quote = (publishedAtMs: number | null) => ({
  symbol: 'A',
  series: 'A',
  sequence: 1,
  id: 'A1',
  publishedAtEpochMs: publishedAtMs === null ? null : originEpochMs + publishedAtMs,
});

const latencies = (offset: ClockOffset | null, ...pairs: readonly (readonly [number | null, number])[]) => {
  const { tally } = tallyAt(offset);
  for (const [publishedAtMs, atMs] of pairs) tally.quoteReceived(quote(publishedAtMs), atMs, true);
  const { quoteLatency, arrivedTooEarly } = tally.result();
  const { count, min, max } = Distribution.decode(quoteLatency).samples();
  return { count, min, max, arrivedTooEarly };
};

test('latency is what lies between publication and arrival, on one clock', () => {
  expect(latencies({ offsetMs: 0, uncertaintyMs: 0 }, [100, 104.5], [200, 212])).toEqual({
    count: 2,
    min: 4.5,
    max: 12,
    arrivedTooEarly: 0,
  });
});

test('a publisher whose clock is ahead is corrected for', () => {
  expect(latencies({ offsetMs: 500, uncertaintyMs: 1 }, [600, 104])).toMatchObject({ min: 4, max: 4 });
  expect(latencies({ offsetMs: -500, uncertaintyMs: 1 }, [600, 1_104])).toMatchObject({ min: 4, max: 4 });
});

test('a quote that arrives before it was published is kept as it is, and counted where no uncertainty explains it', () => {
  const early = [
    [100, 99.5],
    [100, 97],
    [100, 94],
  ] as const;
  expect(latencies({ offsetMs: 0, uncertaintyMs: 5 }, ...early)).toMatchObject({
    min: -6,
    arrivedTooEarly: 1,
  });
  expect(latencies({ offsetMs: 0, uncertaintyMs: 0 }, ...early)).toMatchObject({
    min: -6,
    arrivedTooEarly: 2,
  });
});

test('a process that was put aside while it read its clocks takes latencies no shorter for it', () => {
  let nowMs = 0;
  let readings = 0;
  const clock = (): number => {
    readings += 1;
    if (readings === 1) nowMs += 5;
    return nowMs;
  };
  const epochClock = { now: () => originEpochMs + nowMs, driftMs: () => 0 };
  const offset = { offsetMs: 0, uncertaintyMs: 0 };
  const tally = new MessageTally({ clock, epochClock, offset, grid: { warmUpMs: 0, slotMs: 1_000 } });
  tally.quoteReceived(quote(100), 104, true);
  expect(Distribution.decode(tally.result().quoteLatency).samples().min).toBe(4);
});

test('without an offset, or without a time of publication, there is no latency', () => {
  expect(latencies(null, [100, 104])).toMatchObject({ count: 0 });
  expect(latencies({ offsetMs: 0, uncertaintyMs: 0 }, [null, 104])).toMatchObject({ count: 0 });
});

test('throughput is of the hold alone, and of one shorter than half a second there is none', () => {
  const { tally, now } = tallyAt(null);
  tally.received(1_000, 0, null);
  now.ms = 1_000;
  tally.startHold();
  for (let count = 0; count < 10; count += 1) tally.received(100, 2_000, 5);
  now.ms = 3_000;
  tally.endHold();
  tally.received(1_000, 3_100, 5);
  expect(tally.result()).toMatchObject({ messagesPerSecond: 5, bytesPerSecond: 500 });

  const short = tallyAt(null);
  short.tally.startHold();
  short.tally.received(100, 0, null);
  short.now.ms = 499;
  short.tally.endHold();
  expect(short.tally.result()).toMatchObject({ messagesPerSecond: null, bytesPerSecond: null });
});

test('of several agents, rates and counts add up, gaps come together, and the clock that moved farthest counts', () => {
  const parts = [0.1, -3].map((driftMs, agent) => {
    const { tally, now } = tallyAt({ offsetMs: 0, uncertaintyMs: 0 }, { driftMs });
    tally.startHold();
    tally.received(50, 0, null);
    tally.received(50, 10, 10 + agent);
    tally.quoteReceived(quote(100), 10, true);
    now.ms = 1_000;
    tally.endHold();
    return tally.result();
  });
  const merged = mergeMessages(parts);
  expect(merged).toMatchObject({
    messagesPerSecond: 4,
    bytesPerSecond: 200,
    arrivedTooEarly: 2,
    wallClockDriftMs: -3,
    fanOut: { quotes: [{ id: 'A1', count: 2 }] },
  });
  expect(Distribution.decode(merged.gaps).samples()).toMatchObject({ count: 2, min: 10, max: 11 });
});

test('messages of the warm-up are in no number', () => {
  const { tally, now } = tallyAt({ offsetMs: 0, uncertaintyMs: 0 }, { warmUpMs: 1_000 });
  tally.startHold();
  for (const atMs of [500, 999, 1_000, 1_500]) {
    tally.received(100, atMs, 10);
    tally.quoteReceived(quote(atMs + 50), atMs, true);
  }
  now.ms = 3_000;
  tally.endHold();
  const { received, bytes, gaps, quoteLatency, ...rest } = tally.result();
  expect([received.count, bytes.count, gaps.count, quoteLatency.count]).toEqual([2, 200, 2, 2]);
  expect(rest).toMatchObject({ arrivedTooEarly: 2, messagesPerSecond: 1, bytesPerSecond: 100 });
});
