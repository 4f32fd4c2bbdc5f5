import { expect, test } from 'vitest';
import { untilNotOvertaken } from './until-not-overtaken.ts';

test('an attempt that succeeds is the last one', async () => {
  expect(await untilNotOvertaken((tried) => Promise.resolve(tried === 3 ? tried : null))).toBe(3);
});

test('ten attempts are made, with nine pauses of at most two seconds, then it gives up', async () => {
  const tries: number[] = [];
  const pausesMs: number[] = [];
  const work = untilNotOvertaken(
    (tried) => {
      tries.push(tried);
      return Promise.resolve(null);
    },
    (durationMs) => Promise.resolve(pausesMs.push(durationMs)),
  );
  await expect(work).rejects.toMatchObject({ code: 'PUSH_OVERTAKEN' });
  expect(tries).toHaveLength(10);
  expect(pausesMs).toHaveLength(9);
  expect(Math.max(...pausesMs)).toBeLessThanOrEqual(2_000);
});
