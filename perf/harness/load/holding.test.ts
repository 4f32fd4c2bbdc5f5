import { expect, test } from 'vitest';
import { leftSince, readHolding } from './holding.ts';

test('what is needed is held, and what is not is collected', async () => {
  const before = await readHolding(10);
  const held: { bytes: Buffer | null } = { bytes: Buffer.alloc(50_000_000) };
  const during = leftSince(before, await readHolding(10));
  expect(during.liveBytes).toBeGreaterThan(40_000_000);
  held.bytes = null;
  expect(leftSince(before, await readHolding(10)).liveBytes).toBeLessThan(25_000_000);
});

test('open files are told where the system tells them', () => {
  expect(leftSince({ openFiles: 5, liveBytes: 10 }, { openFiles: 7, liveBytes: 4 })).toEqual({
    openFiles: 2,
    liveBytes: -6,
  });
  const unknown = { openFiles: null, liveBytes: 0 };
  expect(leftSince(unknown, { openFiles: 7, liveBytes: 0 })).toEqual(unknown);
});
