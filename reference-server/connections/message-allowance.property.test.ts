import { array, assert, integer, property } from 'fast-check';
import { expect, it } from 'vitest';
import { MessageAllowance } from './message-allowance.ts';

it('in no stretch of time are more messages allowed than a second’s worth and what fills up meanwhile', () => {
  assert(
    property(integer({ min: 1, max: 20 }), array(integer({ min: 0, max: 400 })), (perSecond, waits) => {
      const allowance = new MessageAllowance(perSecond, 0);
      let nowMs = 0;
      const allowedAtMs = waits.flatMap((waitMs) => {
        nowMs += waitMs;
        return allowance.take(nowMs) ? [nowMs] : [];
      });
      for (const [first, fromMs] of allowedAtMs.entries()) {
        for (const [later, untilMs] of allowedAtMs.slice(first).entries())
          expect(later + 1).toBeLessThanOrEqual(perSecond + ((untilMs - fromMs) / 1_000) * perSecond + 1e-6);
      }
    }),
  );
});

it('who keeps to the rate is never refused', () => {
  const allowance = new MessageAllowance(10, 0);
  for (let count = 1; count <= 100; count += 1) expect(allowance.take(count * 100)).toBe(true);
});
