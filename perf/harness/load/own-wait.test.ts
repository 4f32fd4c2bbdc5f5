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
  const seen: number[] = [];
  const wait = new OwnWait((waitsMs) => {
    seen.push(...waitsMs);
  });
  await sleep(10);
  seen.length = 0;
  blockFor(100);
  expect(wait.overdue).toBeGreaterThanOrEqual(45);
  await sleep(5);
  wait.stop();
  // Of 100 ms the first due time waits almost all, the last nothing.
  expect(Math.max(...seen)).toBeGreaterThanOrEqual(95);
  expect(Math.min(...seen)).toBeLessThan(Math.max(...seen));
});

test('what is still waiting at the end counts, and what is not due yet does not', () => {
  const seen: number[] = [];
  const take = (waitsMs: readonly number[]): void => {
    seen.push(...waitsMs);
  };
  new OwnWait(take).stop();
  expect(seen).toEqual([]);
  const wait = new OwnWait(take);
  blockFor(20);
  wait.stop();
  expect(Math.max(...seen)).toBeGreaterThanOrEqual(16);
});
