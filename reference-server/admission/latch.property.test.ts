import { array, assert, nat, property, record } from 'fast-check';
import { expect, it } from 'vitest';
import { Latch } from './latch.ts';

const options = { limit: 100, releaseAt: 50, releaseAfterMs: 200 };

/** The rule as it is said, over the whole past: slow and obvious. */
const isShutAfter = (samples: readonly { readonly atMs: number; readonly value: number }[]): boolean => {
  const lastAbove = samples.findLastIndex(({ value }) => value > options.limit);
  if (lastAbove === -1) return false;
  const after = samples.slice(lastAbove + 1);
  return !after.some((start, index) => {
    const calm = after.slice(index);
    const end = calm.findIndex(({ value }) => value > options.releaseAt);
    const last = (end === -1 ? calm : calm.slice(0, end)).at(-1);
    return last !== undefined && last.atMs - start.atMs >= options.releaseAfterMs;
  });
};

it('a latch is shut exactly from a value above its limit until a whole release time of low values', () => {
  const sample = record({ waitMs: nat({ max: 250 }), value: nat({ max: 150 }) });
  assert(
    property(array(sample, { maxLength: 30 }), (given) => {
      const latch = new Latch(options);
      let atMs = 0;
      const past = given.map(({ waitMs, value }) => ({ atMs: (atMs += waitMs), value }));
      for (const [index, { value, atMs: nowMs }] of past.entries()) {
        latch.update(value, nowMs);
        expect(latch.isShut).toBe(isShutAfter(past.slice(0, index + 1)));
      }
    }),
  );
});
