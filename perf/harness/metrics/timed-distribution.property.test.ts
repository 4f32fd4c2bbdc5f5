import { array, assert, double, integer, property, tuple } from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Distribution } from './distribution.ts';
import { mergeTimedDistributions, TimedDistribution } from './timed-distribution.ts';

const slotMs = 1_000;
const warmUpMs = 2_500;
/** Values of up to a minute at moments in no order, over more slots than are kept open at once. */
const timed = array(tuple(double({ min: 0, max: 60_000, noNaN: true }), integer({ min: 0, max: 30_000 })), {
  maxLength: 150,
});

const record = (values: readonly (readonly [number, number])[]): TimedDistribution => {
  const distribution = new TimedDistribution({ warmUpMs, slotMs });
  for (const [valueMs, atMs] of values) distribution.record(valueMs, atMs);
  return distribution;
};

test('each value is in the whole and in its own slot, or in the warm-up', () => {
  assert(
    property(timed, (values) => {
      const { leftOut, count, slots } = record(values).encode();
      const judged = values.filter(([, atMs]) => atMs >= warmUpMs);
      expect(leftOut).toBe(values.length - judged.length);
      expect(count).toBe(judged.length);
      const bySlot = Object.groupBy(judged, ([, atMs]) => Math.floor(atMs / slotMs));
      expect(slots.map(({ slot, ...one }) => [slot, one.count, one.maxMs])).toEqual(
        Object.entries(bySlot).map(([slot, own = []]) => [
          Number(slot),
          own.length,
          Math.max(...own.map(([valueMs]) => valueMs)),
        ]),
      );
    }),
  );
});

test('the percentiles of a slot are those of its values, to 3 significant digits', () => {
  assert(
    property(timed, (values) => {
      for (const { slot, ...encoded } of record(values).encode().slots) {
        const exact = new Distribution();
        for (const [valueMs, atMs] of values) {
          if (atMs >= warmUpMs && Math.floor(atMs / slotMs) === slot) exact.record(valueMs);
        }
        const given = Distribution.decode(encoded).percentileMs(95) ?? Number.NaN;
        const expected = exact.percentileMs(95) ?? Number.NaN;
        expect(Math.abs(given - expected)).toBeLessThanOrEqual(expected * 0.001 + 0.001);
      }
    }),
    { numRuns: 30 },
  );
});

test('what two agents recorded merges to what one would have recorded', () => {
  assert(
    property(timed, timed, (left, right) => {
      const merged = mergeTimedDistributions([record(left).encode(), record(right).encode()]);
      const one = record([...left, ...right]).encode();
      expect(merged.leftOut).toBe(one.leftOut);
      expect(merged.slots.map(({ slot, histogram }) => [slot, histogram])).toEqual(
        one.slots.map(({ slot, histogram }) => [slot, histogram]),
      );
      expect(merged.histogram).toBe(one.histogram);
    }),
    { numRuns: 30 },
  );
});

test('values that come many slots late do not pack a slot again and again', () => {
  const encode = vi.spyOn(Distribution.prototype, 'encode');
  const distribution = new TimedDistribution({ warmUpMs: 0, slotMs });
  for (let atMs = 9_000; atMs < 60_000; atMs += 50) {
    distribution.record(1, atMs);
    distribution.record(9_000, atMs - 9_000);
    distribution.record(4_000, atMs - 4_000);
  }
  expect(encode.mock.calls.length).toBeLessThanOrEqual(60);
  encode.mockRestore();
});
