import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { OwnWait, waitsWithin } from './own-wait.ts';

const blockFor = (ms: number): void => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

test.for([
  { lateMs: 0.3, waits: [0.3] },
  { lateMs: -0.4, waits: [0] },
  { lateMs: 2, waits: [2] },
  { lateMs: 7, waits: [7, 5, 3, 1] },
])('a stall of $lateMs ms holds up what was due every 2 ms by $waits', ({ lateMs, waits }) => {
  expect(waitsWithin(lateMs, 2)).toEqual(waits);
});

test('a blocked event loop is seen with the wait of whatever would have arrived meanwhile', async () => {
  const wait = new OwnWait();
  await sleep(10);
  wait.take();
  blockFor(100);
  await sleep(1);
  const seen = wait.take();
  wait.stop();
  // Of 100 ms the first due time waits almost all, the last nothing.
  expect(seen?.maxMs).toBeGreaterThanOrEqual(95);
  expect(seen?.meanMs).toBeGreaterThanOrEqual(40);
});

test('what is still waiting when it is asked counts, and a stretch too short to tell is null', () => {
  const wait = new OwnWait();
  expect(wait.take()).toBeNull();
  blockFor(20);
  expect(wait.take()?.maxMs).toBeGreaterThanOrEqual(16);
  wait.stop();
});
