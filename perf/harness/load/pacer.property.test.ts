import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { dueAtMs, endingOf, loadEndsAtMs, plannedAttempts } from './pacer.ts';
import { arrivalsOfAnyKind, arrivalsOfKind } from './testing/random-arrivals.ts';

const indices = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

test('due times are finite, begin at 0 or later, and never go back', () => {
  assert(
    property(arrivalsOfAnyKind, (arrivals) => {
      let previousMs = 0;
      for (const index of indices(plannedAttempts(arrivals))) {
        const dueMs = dueAtMs(arrivals, index);
        expect(Number.isFinite(dueMs)).toBe(true);
        expect(dueMs).toBeGreaterThanOrEqual(previousMs);
        previousMs = dueMs;
      }
    }),
  );
});

test('every attempt at a rate is due before the duration is over', () => {
  assert(
    property(arrivalsOfKind('constant-arrival-rate'), (arrivals) => {
      for (const index of indices(plannedAttempts(arrivals)))
        expect(dueAtMs(arrivals, index)).toBeLessThan(arrivals.durationMs);
    }),
  );
});

test('what is planned survives the way to an agent: as plain data it gives the same times', () => {
  assert(
    property(arrivalsOfAnyKind, (arrivals) => {
      const there = structuredClone(arrivals);
      const planned = plannedAttempts(arrivals);
      expect(plannedAttempts(there)).toBe(planned);
      for (const index of indices(planned)) {
        expect(dueAtMs(there, index)).toBe(dueAtMs(arrivals, index));
        expect(endingOf(there, index)).toEqual(endingOf(arrivals, index));
      }
    }),
  );
});

test('the shares of any number of agents are the whole, each attempt once', () => {
  assert(
    property(arrivalsOfAnyKind, integer({ min: 1, max: 7 }), (arrivals, agents) => {
      const whole = indices(plannedAttempts(arrivals));
      const shares = indices(agents).map((part) => whole.filter((index) => index % agents === part));
      const together = shares.flat().toSorted((a, b) => a - b);
      expect(together.map((index) => dueAtMs(arrivals, index))).toEqual(
        whole.map((index) => dueAtMs(arrivals, index)),
      );
    }),
  );
});

test('nobody is planned to leave before being due, nor after the load is over', () => {
  assert(
    property(arrivalsOfAnyKind, (arrivals) => {
      for (const index of indices(plannedAttempts(arrivals))) {
        const ending = endingOf(arrivals, index);
        if (ending.kind !== 'planned') continue;
        expect(ending.atMs).toBeGreaterThanOrEqual(dueAtMs(arrivals, index));
        expect(ending.atMs).toBeLessThanOrEqual(loadEndsAtMs(arrivals) ?? Number.NaN);
      }
    }),
  );
});
