import { array, assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { KeyedPlaces } from './keyed-places.ts';

it('no key ever holds more places than allowed, and nothing is kept for a key without any', () => {
  const step = record({ key: constantFrom('a', 'b', 'c'), takes: boolean() });
  assert(
    property(integer({ min: 1, max: 3 }), array(step), (max, stepsTaken) => {
      const places = new KeyedPlaces(max);
      const held = new Map<string, number>();
      for (const { key, takes } of stepsTaken) {
        const before = held.get(key) ?? 0;
        if (takes) {
          expect(places.take(key)).toBe(before < max);
          held.set(key, Math.min(max, before + 1));
        } else if (before > 0) {
          places.giveBack(key);
          held.set(key, before - 1);
        }
      }
      expect(places.keys).toBe([...held.values()].filter((count) => count > 0).length);
    }),
  );
});
