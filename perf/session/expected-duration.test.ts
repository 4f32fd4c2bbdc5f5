import { expect, test } from 'vitest';
import { ramp, type LoadProfile } from '../harness/load/profile.ts';
import { reconnectStorm } from '../harness/load/reconnect-storm.ts';
import { exponentialLife, soak } from '../harness/load/soak.ts';
import { expectedDurationMs } from './expected-duration.ts';

test.for<[string, LoadProfile, number]>([
  ['a ramp ends with its hold', ramp({ connections: 11, delaySeconds: 0.1, holdSeconds: 0.5 }), 1_500],
  [
    'a storm is over one wait and one hold after the cut',
    reconnectStorm({ connections: 11, delaySeconds: 0.1, cutAfterSeconds: 1, holdSeconds: 2 }),
    1_000 + 1_000 + 500 + 2_000,
  ],
  [
    'a soak lasts as long as it says',
    soak({ connections: 5, durationSeconds: 60, life: exponentialLife({ meanSeconds: 1 }) }),
    60_000,
  ],
])('%s', ([, profile, ms]) => {
  expect(expectedDurationMs(profile)).toBe(ms);
});
