import { expect, test } from 'vitest';
import { FlightWaits } from './flight-waits.ts';

/** `count` samples of the same wait. */
const sample = (waits: FlightWaits<string>, count: number, waitMs: number): void => {
  for (let index = 0; index < count; index += 1) waits.sample(waitMs);
};

/** One flight that lasts for some samples. */
const fly = (waits: FlightWaits<string>, name: string, count: number, waitMs: number): void => {
  waits.begin(name, 0);
  sample(waits, count, waitMs);
  waits.end(name, 0, true);
};

test('what was waited while nothing was in flight does not count', () => {
  const waits = new FlightWaits<string>();
  for (const burst of ['first', 'second', 'third']) {
    fly(waits, burst, 10, 30);
    sample(waits, 5_000, 0);
  }
  expect(waits.report()).toEqual({ meanMs: expect.closeTo(30), p95Ms: 30, p99Ms: 30, maxMs: 30 });
});

test('nothing is known where nothing was in flight, or nothing came back', () => {
  const waits = new FlightWaits<string>();
  sample(waits, 100, 7);
  waits.begin('given up', 0);
  sample(waits, 100, 7);
  waits.end('given up', 0, false);
  waits.begin('unfinished', 0);
  sample(waits, 100, 7);
  expect(waits.report()).toBeNull();
});

test.for([true, false])(
  'an attempt that hangs hides nothing of what the others waited (it counts: %s)',
  (counts) => {
    const waits = new FlightWaits<string>();
    waits.begin('hanging', 0);
    for (let index = 0; index < 99; index += 1) fly(waits, String(index), 2, 40);
    sample(waits, 15_000, 0);
    waits.end('hanging', 0, counts);
    const report = waits.report();
    expect(report?.meanMs).toBeGreaterThan(39);
    expect(report?.p95Ms).toBe(40);
  },
);

test('each flight counts alike, however long it is', () => {
  const waits = new FlightWaits<string>();
  fly(waits, 'short', 1, 10);
  fly(waits, 'long', 1_000, 20);
  expect(waits.report()?.meanMs).toBeCloseTo(15);
});

test('one between two samples is told by the next; what was overdue when it began is not its own', () => {
  const waits = new FlightWaits<string>();
  sample(waits, 3, 0);
  fly(waits, 'between', 0, 0);
  sample(waits, 1, 4);
  waits.begin('after a stall', 2);
  sample(waits, 2, 100);
  sample(waits, 1, 6);
  waits.end('after a stall', 0, true);
  expect(waits.report()).toMatchObject({ meanMs: 5, maxMs: 6 });
});

test('what was overdue when it ended is its own', () => {
  const waits = new FlightWaits<string>();
  waits.begin('stalled', 0);
  waits.end('stalled', 2, true);
  for (const waitMs of [9, 7, 5]) waits.sample(waitMs);
  expect(waits.report()).toMatchObject({ meanMs: 8, maxMs: 9 });
});
