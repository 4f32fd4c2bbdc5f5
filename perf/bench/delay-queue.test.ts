import { expect, test } from 'vitest';
import { DelayQueue } from './delay-queue.ts';

test('entries are released in order, none before its delay, although the loop was busy when they were added', async () => {
  const delayMs = 30;
  const queue = new DelayQueue(delayMs);
  const waits: number[] = [];
  await new Promise<void>((resolve) => {
    for (let index = 0; index < 3_000; index += 1) {
      const addedAtMs = performance.now();
      queue.add(() => {
        waits.push(performance.now() - addedAtMs);
        if (waits.length === 3_000) resolve();
      });
      while (performance.now() - addedAtMs < 0.01);
    }
  });
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(delayMs);
});

test('no delay releases at once', () => {
  let isReleased = false;
  new DelayQueue(0).add(() => {
    isReleased = true;
  });
  expect(isReleased).toBe(true);
});
