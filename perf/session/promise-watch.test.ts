import { expect, test } from 'vitest';
import { returning } from '../harness/load/returning.ts';
import { loadPlan } from '../harness/load/testing/load-plan.ts';
import { ramp, type LoadProfile } from '../harness/load/profile.ts';
import { connectSuccess } from '../harness/metrics/catalogue.ts';
import { Distribution } from '../harness/metrics/distribution.ts';
import { atLeast } from '../harness/thresholds/threshold.ts';
import { PromiseWatch } from './promise-watch.ts';

/** Whether the promise of 90 % is given up when 100 of 115 attempts were successful. */
const isLost = (profile: LoadProfile): boolean => {
  const promises = [atLeast(connectSuccess, 'ratio', 0.9)];
  const watch = new PromiseWatch(promises, loadPlan('ws://127.0.0.1:9', { profile }), 1_000);
  watch.look({
    point: { atMs: 500, started: 115, open: 100, failed: 15, failedAfterOpening: 0, messages: 0 },
    failures: {},
    connectTime: new Distribution().encode(),
    soFar: { [connectSuccess.name]: { kind: 'rate', hits: 100, misses: 15, settled: 115 } },
  });
  return watch.signal.aborted;
};

test('a promise is given up when the attempts that the plan has left can not keep it', () => {
  expect(isLost(ramp({ connections: 115, delaySeconds: 0 }))).toBe(true);
  expect(isLost(ramp({ connections: 200, delaySeconds: 0 }))).toBe(false);
});

test('how many attempts are left of clients that come back nobody knows', () => {
  expect(isLost(returning({ connections: 100, durationSeconds: 10 }))).toBe(false);
});
