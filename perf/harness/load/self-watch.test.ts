import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchSelf } from './self-watch.ts';

const attempts = 100;
const stallMs = 60;

const blockFor = (ms: number): void => {
  const untilMs = performance.now() + ms;
  while (performance.now() < untilMs);
};

/** Attempts that are all in flight while nothing happens, and the last `stalled` of which are answered after a stall. */
const watchStalled = async (stalled: number): Promise<number> => {
  const watch = watchSelf<number>();
  for (let attempt = 0; attempt < attempts; attempt += 1) watch.started(attempt);
  await sleep(100);
  const decide = (from: number, to: number): void => {
    for (let attempt = from; attempt < to; attempt += 1)
      watch.decided(attempt, { heard: true, opened: false });
  };
  decide(0, attempts - stalled);
  blockFor(stallMs);
  // Read as answers are: in the turn after the stall, behind its timers.
  await new Promise((resolve) => setImmediate(resolve));
  decide(attempts - stalled, attempts);
  return watch.report().opening.wait?.p95Ms ?? 0;
};

test('a stall that holds up only the last tenth of the answers shows in the p95 of the waits', async () => {
  // Half of the answers that would have arrived in a stall wait for half of it or longer.
  expect(await watchStalled(attempts / 10)).toBeGreaterThanOrEqual(stallMs / 2 - 3);
});

test('one that comes when all have been answered does not', async () => {
  const watch = watchSelf<number>();
  watch.started(0);
  await sleep(20);
  watch.decided(0, { heard: true, opened: false });
  await sleep(20);
  const before = performance.now();
  blockFor(200);
  await new Promise((resolve) => setImmediate(resolve));
  const stalledMs = performance.now() - before;
  expect(watch.report().opening.wait?.maxMs).toBeLessThan(stalledMs - 50);
});
