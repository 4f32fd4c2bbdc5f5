import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { QuotePacer } from './quote-pacer.ts';

it('has a quote due exactly when its time has come', () => {
  const pacer = new QuotePacer(20, 1_000);
  expect([1_049, 1_050, 1_051, 1_099, 1_100].map((nowMs) => pacer.takeDue(nowMs))).toEqual([0, 1, 0, 0, 1]);
});

it('waits until the next quote is due', () => {
  const pacer = new QuotePacer(20, 1_000);
  expect(pacer.waitMs(1_010)).toBe(40);
  pacer.takeDue(1_050);
  expect(pacer.waitMs(1_050)).toBe(50);
});

it('does not make up for a pause of more than a second', () => {
  const pacer = new QuotePacer(20, 0);
  expect(pacer.takeDue(60_000)).toBe(1);
  expect(pacer.takeDue(60_050)).toBe(1);
});

it('publishes at its rate however irregularly it is asked', () => {
  const gaps = array(integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 200 });
  assert(
    property(integer({ min: 1, max: 5_000 }), gaps, (quotesPerSecond, gapsMs) => {
      const pacer = new QuotePacer(quotesPerSecond, 0);
      let nowMs = 0;
      let taken = 0;
      for (const gapMs of gapsMs) {
        nowMs += gapMs;
        taken += pacer.takeDue(nowMs);
      }
      expect(taken).toBe(Math.floor((nowMs * quotesPerSecond) / 1_000));
    }),
  );
});
