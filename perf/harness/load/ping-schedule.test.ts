import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyPingTally, PingSchedule, type PingTally } from './ping-schedule.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const startSchedule = (
  everyMs: number,
  warmUpMs = 0,
): { readonly schedule: PingSchedule; readonly tally: PingTally; readonly sentAtMs: number[] } => {
  const startedAtMs = Date.now();
  const clock = (): number => Date.now() - startedAtMs;
  const tally = emptyPingTally({ warmUpMs, slotMs: 1_000 });
  const sentAtMs: number[] = [];
  const schedule = new PingSchedule({ everyMs, clock, tally, send: () => sentAtMs.push(clock()) });
  schedule.start();
  return { schedule, tally, sentAtMs };
};

test('pings are sent at their rate from the start on, though none is ever answered', () => {
  const { schedule, sentAtMs, tally } = startSchedule(200);
  vi.advanceTimersByTime(1_000);
  schedule.stop();
  expect(sentAtMs).toEqual([0, 200, 400, 600, 800, 1_000]);
  expect(tally.sent).toBe(6);
  vi.advanceTimersByTime(10_000);
  expect(tally.sent).toBe(6);
  expect(vi.getTimerCount()).toBe(0);
});

test('a ping is timed from the moment its frame is written, not from when its making began', () => {
  let nowMs = 0;
  const tally = emptyPingTally({ warmUpMs: 0, slotMs: 1_000 });
  const schedule = new PingSchedule({
    everyMs: 1_000,
    clock: () => nowMs,
    tally,
    send: (_id, onWriting) => {
      nowMs += 5;
      onWriting();
      nowMs += 1;
    },
  });
  schedule.start();
  nowMs = 20;
  schedule.answer(0);
  schedule.stop();
  expect(tally.roundTrip.whole.samples()).toMatchObject({ count: 1, mean: 15 });
  expect(tally.roundTripFromDue.whole.samples()).toMatchObject({ count: 1, mean: 20 });
});

test('a late answer is timed from its sending and moves no due time', () => {
  const { schedule, sentAtMs, tally } = startSchedule(100);
  vi.advanceTimersByTime(350);
  schedule.answer(0);
  vi.advanceTimersByTime(50);
  schedule.stop();
  expect(sentAtMs).toEqual([0, 100, 200, 300, 400]);
  expect(tally.roundTrip.whole.samples()).toMatchObject({ count: 1, min: 350, max: 350 });
});

test('after a stall what was due is sent at once, and the time since it was due is reported beside', () => {
  const { schedule, sentAtMs, tally } = startSchedule(100);
  vi.setSystemTime(Date.now() + 290);
  vi.advanceTimersByTime(100);
  expect(sentAtMs).toEqual([0, 390, 390, 390]);
  schedule.answer(1);
  schedule.stop();
  expect(tally.roundTrip.whole.samples().max).toBe(0);
  expect(tally.roundTripFromDue.whole.samples().max).toBe(290);
});

test.for([
  { heldMs: 999, expected: 0, answered: 0 },
  { heldMs: 1_000, expected: 1, answered: 1 },
  { heldMs: 1_500, expected: 2, answered: 1 },
])('held for $heldMs ms, $expected pings had a second for their answer', ({ heldMs, expected, answered }) => {
  const { schedule, tally } = startSchedule(500);
  schedule.answer(0);
  vi.advanceTimersByTime(heldMs);
  schedule.stop();
  expect(tally.answered.encode()).toMatchObject({ total: expected, hits: answered });
});

test('pings that nobody answers are given up in time: what waits does not grow with the load', () => {
  const { schedule, tally } = startSchedule(1);
  vi.advanceTimersByTime(5_000);
  expect(tally.answered.encode()).toMatchObject({ hits: 0, total: 5_001 - 1_024 });
  schedule.answer(10);
  schedule.answer(4_500);
  schedule.stop();
  expect(tally.answered.encode()).toMatchObject({ hits: 0, total: 4_001 });
  expect(tally.roundTrip.whole.count).toBe(1);
});

test('answers to nothing, and second answers, are ignored', () => {
  const { schedule, tally } = startSchedule(500);
  schedule.answer(7);
  schedule.answer(0);
  schedule.answer(0);
  schedule.stop();
  expect(tally.roundTrip.whole.samples().count).toBe(1);
});

test('pings sent in the warm-up are counted apart, and neither their times nor their answers are judged', () => {
  const { schedule, tally } = startSchedule(500, 1_000);
  vi.advanceTimersByTime(200);
  schedule.answer(0);
  vi.advanceTimersByTime(1_000);
  schedule.answer(1);
  schedule.answer(2);
  vi.advanceTimersByTime(800);
  schedule.stop();
  expect(tally).toMatchObject({ sent: 5, warmUpSent: 2 });
  expect(tally.roundTrip.encode()).toMatchObject({ count: 1, maxMs: 200, leftOut: 2 });
  expect(tally.answered.encode()).toMatchObject({ hits: 1, total: 1, leftOut: 2 });
});
