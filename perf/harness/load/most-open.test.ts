import { expect, test } from 'vitest';
import { mostOpenAtOnce } from './most-open.ts';
import { constantArrivalRate, ramp } from './profile.ts';
import { burst } from './burst.ts';
import { soak, uniformLife } from './soak.ts';

test.each([
  ['all of a ramp', ramp({ connections: 700, delaySeconds: 1 }), 700, 700],
  [
    'a rate: what is planned to live, and a second for opening and closing',
    constantArrivalRate({ attemptsPerSecond: 2_500, durationSeconds: 60, holdSeconds: 2 }),
    7_500,
    7_501,
  ],
  [
    'bursts that are over before the next: one of them',
    burst({ connections: 50, bursts: 4, everySeconds: 10, holdSeconds: 1 }),
    50,
    50,
  ],
  [
    'the places of a churn, and those that are being replaced',
    soak({
      connections: 100,
      durationSeconds: 60,
      delaySeconds: 0,
      life: uniformLife({ minimumSeconds: 10, maximumSeconds: 10 }),
    }),
    100,
    200,
  ],
])('most connections at once are %s', (_what, profile, atLeast, atMost) => {
  expect(mostOpenAtOnce({ profile })).toBeGreaterThanOrEqual(atLeast);
  expect(mostOpenAtOnce({ profile })).toBeLessThanOrEqual(atMost);
});
