import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';

test('however many sleep, their signal has one listener, and wakes them all', async () => {
  const stop = new AbortController();
  const sleeps = Array.from({ length: 1_000 }, () => sleepUnlessAborted(3_600_000, stop.signal));
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  stop.abort();
  await Promise.all(sleeps);
  await sleepUnlessAborted(3_600_000, stop.signal);
});

test('a sleep that is over is woken no more, and one after it is', async () => {
  const stop = new AbortController();
  await sleepUnlessAborted(1, stop.signal);
  const sleep = sleepUnlessAborted(3_600_000, stop.signal);
  stop.abort();
  await sleep;
});
