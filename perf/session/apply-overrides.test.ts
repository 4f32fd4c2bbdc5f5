import { expect, test } from 'vitest';
import { constantArrivalRate, ramp } from '../harness/load/profile.ts';
import { returning } from '../harness/load/returning.ts';
import { exponentialLife, soak } from '../harness/load/soak.ts';
import { applyOverrides } from './apply-overrides.ts';

const asked = { connections: 7, delaySeconds: 0.5, holdSeconds: 9, durationSeconds: null };
const nothing = { connections: null, delaySeconds: null, holdSeconds: null, durationSeconds: null };

test('a ramp takes what was asked for, and keeps what was not', () => {
  const profile = ramp({ connections: 20, delaySeconds: 0.1, holdSeconds: 2 });
  expect(applyOverrides(profile, asked)).toEqual(ramp({ connections: 7, delaySeconds: 0.5, holdSeconds: 9 }));
  expect(applyOverrides(profile, nothing)).toEqual(profile);
  expect(applyOverrides(profile, { ...asked, delaySeconds: 0, holdSeconds: 0 })).toMatchObject({
    holdMs: 0,
    arrivals: { delayMs: 0 },
  });
});

test('arrivals at a rate take the hold', () => {
  const profile = constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 });
  expect(applyOverrides(profile, { ...nothing, holdSeconds: 9 })).toEqual({ ...profile, holdMs: 9_000 });
});

test.for([
  constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 }),
  soak({ connections: 5, durationSeconds: 3, life: exponentialLife({ meanSeconds: 1 }) }),
  returning({ connections: 5, durationSeconds: 3 }),
])('arrivals of kind $arrivals.kind go on for as long as was asked for', (profile) => {
  expect(applyOverrides(profile, { ...nothing, durationSeconds: 7_200 })).toEqual({
    ...profile,
    arrivals: { ...profile.arrivals, durationMs: 7_200_000 },
  });
});

test('a load that does not go on for a set time refuses a duration', () => {
  const profile = ramp({ connections: 20, delaySeconds: 0.1 });
  expect(() => applyOverrides(profile, { ...nothing, durationSeconds: 9 })).toThrow('--duration can not');
});

test.for([
  {
    profile: constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 }),
    refused: '--connections and --delay can not',
  },
  {
    profile: soak({ connections: 5, durationSeconds: 3, life: exponentialLife({ meanSeconds: 1 }) }),
    refused: '--connections and --delay and --hold can not',
  },
])('$profile.arrivals.kind refuses what says nothing about it', ({ profile, refused }) => {
  expect(() => applyOverrides(profile, asked)).toThrow(refused);
  expect(applyOverrides(profile, nothing)).toEqual(profile);
});

test('a number of connections that nobody asked for leaves alone what is no ramp', () => {
  const profile = constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 });
  const defaults = { ...nothing, connections: 50, areDefaults: true } as const;
  expect(applyOverrides(profile, defaults)).toEqual(profile);
});
