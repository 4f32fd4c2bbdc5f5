import { expect, test } from 'vitest';
import { Distribution } from '../harness/metrics/distribution.ts';
import { connectHistogram } from './connect-histogram.ts';

const drawn = (valuesMs: readonly number[], width = 100): readonly string[] => {
  const connectTime = new Distribution();
  for (const value of valuesMs) connectTime.record(value);
  return connectHistogram({ connectTime: connectTime.samples() }, width);
};

/** Over four decades, half of one for each of eight rows. */
const spread = [...Array.from({ length: 40 }, () => 1), 20, 200, 2_000, 10_000];

test('every value is in one of the rows, whose edges grow by one factor', () => {
  const rows = drawn(spread).slice(1);
  const counts = rows.map((row) => Number(/ (\d+)(?: {2}|$)[█▏▎▍▌▋▊▉]*$/u.exec(row)?.[1]));
  expect(counts).toEqual([40, 0, 1, 0, 1, 0, 1, 1]);
  expect(rows[0]).toMatch(/^ +1\.0 ms … +3\.2 ms {2}40 {2}█{40}$/u);
});

test('one of many is drawn, and none is not', () => {
  const [, first, second, third] = drawn(spread);
  expect(first).toContain('█');
  expect(second).toMatch(/ 0$/u);
  expect(third).toMatch(/ 1 {2}█$/u);
});

test('few values make no histogram, and without data there is none', () => {
  expect(drawn([1, 2, 3, 4])).toEqual([]);
  expect(connectHistogram({}, 100)).toEqual([]);
});

test.each([40, 60, 100])('it fits %i columns', (width) => {
  const lines = drawn(spread, width).slice(1);
  expect(lines).not.toEqual([]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
});
