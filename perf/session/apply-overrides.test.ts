import { expect, test } from 'vitest';
import { constantArrivalRate, ramp } from '../harness/load/profile.ts';
import { applyOverrides } from './apply-overrides.ts';

const asked = { connections: 7, delaySeconds: 0.5, holdSeconds: 9 };

test('a ramp takes what was asked for, and keeps what was not', () => {
  const profile = ramp({ connections: 20, delaySeconds: 0.1, holdSeconds: 2 });
  expect(applyOverrides(profile, asked)).toEqual(ramp({ connections: 7, delaySeconds: 0.5, holdSeconds: 9 }));
  expect(applyOverrides(profile, { connections: null, delaySeconds: null, holdSeconds: null })).toEqual(
    profile,
  );
  expect(applyOverrides(profile, { ...asked, delaySeconds: 0, holdSeconds: 0 })).toMatchObject({
    holdMs: 0,
    arrivals: { delayMs: 0 },
  });
});

test('arrivals at a rate take the hold alone', () => {
  const profile = constantArrivalRate({ attemptsPerSecond: 5, durationSeconds: 3 });
  expect(applyOverrides(profile, asked)).toEqual({ ...profile, holdMs: 9_000 });
});
