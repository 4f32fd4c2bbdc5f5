import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { OutcomeTally } from './outcome-tally.ts';

it('adds up like the slow, obvious way, and keeps the newest 1,000', () => {
  assert(
    property(array(integer({ min: 0, max: 5_000_000 }), { maxLength: 4_500, size: 'max' }), (micros) => {
      const tally = new OutcomeTally();
      for (const [index, value] of micros.entries()) tally.addOpening(value / 1_000, index + 1);
      expect(tally.opened).toBe(micros.length);
      expect(tally.sumMicros).toBe(micros.reduce((sum, value) => sum + value, 0));
      expect(tally.minMicros).toBe(micros.length === 0 ? 0 : micros.toSorted((a, b) => a - b)[0]);
      expect(tally.maxMicros).toBe(micros.toSorted((a, b) => b - a)[0] ?? 0);
      expect(tally.lastOpenedAtMs).toBe(micros.length);
      expect(tally.newestMicros).toEqual(micros.slice(-1_000));
    }),
    { numRuns: 30 },
  );
});
