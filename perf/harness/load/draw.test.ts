import { expect, test } from 'vitest';
import { backoffWaitMs } from './backoff-wait.ts';
import { draw } from './draw.ts';

const many = Array.from({ length: 20_000 }, (_, index) => index);

test.for([
  ['of one subject', (index: number) => draw(1, 5, index)],
  ['of many subjects', (index: number) => draw(1, index, 0)],
  ['of many seeds', (index: number) => draw(index, 0, 0)],
] as const)('drawn numbers %s fill [0, 1) evenly, neighbours independent of each other', ([, next]) => {
  const drawn = many.map(next);
  const bins = Array.from({ length: 100 }, () => 0);
  expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
  for (const [position, value] of drawn.entries()) {
    const before = drawn[position - 1] ?? 0;
    const bin = Math.floor(before * 10) * 10 + Math.floor(value * 10);
    bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // χ² with 99 degrees of freedom: 0.999 of all samples stay below 149.
  const expected = many.length / bins.length;
  expect(bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(149);
});

test('what is drawn does not change from version to version: seeds are part of records', () => {
  expect([draw(1, 0, 0), draw(1, 0, 1), draw(1, 1, 0), draw(2, 0, 0)]).toMatchInlineSnapshot(`
    [
      0.9093888113261092,
      0.7605419034995308,
      0.9670012764025644,
      0.9407069522112544,
    ]
  `);
});

const backoff = { baseMs: 100, capMs: 1_000, tries: 10, withinMs: 60_000 };

test.for([
  { retry: 1, longestMs: 100 },
  { retry: 2, longestMs: 200 },
  { retry: 4, longestMs: 800 },
  { retry: 5, longestMs: 1_000 },
  { retry: 5_000, longestMs: 1_000 },
])('before try $retry the wait is anything from 0 to $longestMs ms', ({ retry, longestMs }) => {
  const waits = many.slice(0, 2_000).map((index) => backoffWaitMs(backoff, 1, index, retry));
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(0);
  expect(Math.min(...waits)).toBeLessThan(longestMs / 100);
  expect(Math.max(...waits)).toBeLessThan(longestMs);
  expect(Math.max(...waits)).toBeGreaterThan(longestMs * 0.99);
});
