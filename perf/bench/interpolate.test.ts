import { expect, test } from 'vitest';
import { interpolate } from './interpolate.ts';

const seen = [
  { at: 10, value: 100 },
  { at: 20, value: 200 },
  { at: 20, value: 300 },
];

test.for([
  { at: 0, value: 100 },
  { at: 10, value: 100 },
  { at: 15, value: 150 },
  { at: 20, value: 200 },
  { at: 99, value: 300 },
])('at $at it is $value', ({ at, value }) => {
  expect(interpolate(seen, at)).toBe(value);
});

test('where nothing was seen there is nothing to say', () => {
  expect(() => interpolate([], 1)).toThrow('Nothing was seen.');
});
