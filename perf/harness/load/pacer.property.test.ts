import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { dueAtMs, plannedAttempts } from './pacer.ts';

const attemptsPerSecond = double({ min: 0.1, max: 10_000, noNaN: true });

test('due times never go back, and every attempt is due before the duration is over', () => {
  assert(
    property(attemptsPerSecond, integer({ min: 1, max: 5_000 }), (rate, durationMs) => {
      const arrivals = { kind: 'constant-arrival-rate', attemptsPerSecond: rate, durationMs } as const;
      const planned = plannedAttempts(arrivals);
      let previousMs = 0;
      for (let index = 0; index < planned; index += 1) {
        const dueMs = dueAtMs(arrivals, index);
        expect(dueMs).toBeGreaterThanOrEqual(previousMs);
        expect(dueMs).toBeLessThan(durationMs);
        previousMs = dueMs;
      }
    }),
    { numRuns: 50 },
  );
});
