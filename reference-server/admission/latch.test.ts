import { expect, it } from 'vitest';
import { Latch } from './latch.ts';

it.each([
  { title: 'stays open at its limit', values: [100, 100], isShut: false },
  { title: 'shuts above its limit', values: [101], isShut: true },
  { title: 'stays shut between the limit and the release value', values: [101, 60, 60, 60], isShut: true },
  { title: 'stays shut while the value has not been low long enough', values: [101, 50, 50], isShut: true },
  { title: 'opens when the value has been low long enough', values: [101, 50, 50, 50], isShut: false },
  {
    title: 'starts to wait anew when the value rises in between',
    values: [101, 50, 51, 50, 50],
    isShut: true,
  },
])('a latch $title', ({ values, isShut }) => {
  const latch = new Latch({ limit: 100, releaseAt: 50, releaseAfterMs: 200 });
  for (const [index, value] of values.entries()) latch.update(value, index * 100);
  expect(latch.isShut).toBe(isShut);
});
