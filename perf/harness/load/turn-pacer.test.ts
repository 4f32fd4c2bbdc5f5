import { expect, test } from 'vitest';
import { startClock } from '../connection/clock.ts';
import { TurnBudget } from './turn-budget.ts';
import { startWhenDue } from './turn-pacer.ts';

const never = new AbortController().signal;
const items = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('all that is due at once starts in order, never more in a turn than the budget has', async () => {
  const started: number[] = [];
  const report = await startWhenDue(
    items(50),
    items(50).map(() => 0),
    { clock: startClock(), signal: never, budget: new TurnBudget({ min: 4, max: 4, first: 4 }) },
    (item) => {
      started.push(item);
    },
  );
  expect(started).toEqual(items(50));
  expect(report).toMatchObject({
    started: 50,
    dueTogether: 49,
    startsPerTurn: { min: 2, median: 4, max: 4 },
    plannedPerSecond: null,
  });
  expect(report.achievedPerSecond).toBeGreaterThan(0);
});

test('a start that takes long makes the next turns start fewer', async () => {
  const clock = startClock();
  const report = await startWhenDue(
    items(40),
    items(40).map(() => 0),
    { clock, signal: never, budget: new TurnBudget({ targetMs: 1, min: 1, max: 16, first: 16 }) },
    () => {
      const untilMs = clock() + 1;
      while (clock() < untilMs);
    },
  );
  expect(report.startsPerTurn).toMatchObject({ min: 1, median: 1, max: 16 });
  expect(report.turnMs?.p50).toBeGreaterThanOrEqual(1);
});

test('what is due later starts when it is due, and the rates are those of plan and clock', async () => {
  const clock = startClock();
  const startedAtMs: number[] = [];
  const report = await startWhenDue(
    items(6),
    items(6).map((index) => index * 20),
    { clock, signal: never },
    () => startedAtMs.push(clock()),
  );
  // Timers count whole ms and may fire up to one early.
  for (const [index, atMs] of startedAtMs.entries()) expect(atMs).toBeGreaterThanOrEqual(index * 20 - 1);
  expect(report).toMatchObject({ started: 6, dueTogether: 0, plannedPerSecond: 50 });
  const spanMs = (startedAtMs.at(-1) ?? 0) - (startedAtMs[0] ?? 0);
  expect(report.achievedPerSecond).toBeCloseTo(5_000 / spanMs, 0);
});

test('an abort leaves the rest unstarted, and nothing started has no rate', async () => {
  const stop = new AbortController();
  const started: number[] = [];
  const stopped = await startWhenDue(
    items(9),
    items(9).map((index) => (index < 3 ? 0 : 60_000)),
    { clock: startClock(), signal: stop.signal },
    (item) => {
      started.push(item);
      if (item === 2) stop.abort();
    },
  );
  expect([started, stopped.started]).toEqual([[0, 1, 2], 3]);
  const none = await startWhenDue(items(2), [0, 0], { clock: startClock(), signal: stop.signal }, () => 0);
  expect(none).toEqual({
    started: 0,
    dueTogether: 0,
    startsPerTurn: null,
    turnMs: null,
    plannedPerSecond: null,
    achievedPerSecond: null,
  });
});
