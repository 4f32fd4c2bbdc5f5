import { expect, test } from 'vitest';
import { constantArrivalRate, hold, listenToFeed, pingRoundTrips, ramp } from './profile.ts';

const listening = { kind: 'listen' };

test.for([
  {
    profile: ramp({ connections: 20, delaySeconds: 0.1 }),
    is: { arrivals: { kind: 'ramp', connections: 20, delayMs: 100 }, holdMs: 2_000, whileOpen: listening },
  },
  {
    profile: ramp({ connections: 1, delaySeconds: 0, holdSeconds: 0 }),
    is: { arrivals: { kind: 'ramp', connections: 1, delayMs: 0 }, holdMs: 0, whileOpen: listening },
  },
  {
    profile: constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 }),
    is: {
      arrivals: { kind: 'constant-arrival-rate', attemptsPerSecond: 5, durationMs: 3_000 },
      holdMs: 2_000,
      whileOpen: listening,
    },
  },
  {
    profile: hold({ connections: 5, holdSeconds: 9 }),
    is: { arrivals: { kind: 'ramp', connections: 5, delayMs: 10 }, holdMs: 9_000, whileOpen: listening },
  },
  {
    profile: listenToFeed({ connections: 5, holdSeconds: 1, delaySeconds: 0.02 }),
    is: { arrivals: { kind: 'ramp', connections: 5, delayMs: 20 }, holdMs: 1_000, whileOpen: listening },
  },
  {
    profile: pingRoundTrips({ connections: 5, holdSeconds: 1, everySeconds: 0.25 }),
    is: {
      arrivals: { kind: 'ramp', connections: 5, delayMs: 10 },
      holdMs: 1_000,
      whileOpen: { kind: 'ping', everyMs: 250, via: 'frame' },
    },
  },
])('seconds of an author become the milliseconds of $is', ({ profile, is }) => {
  expect(profile).toEqual(is);
});
