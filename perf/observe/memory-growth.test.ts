import { expect, test } from 'vitest';
import { memoryGrowth } from './memory-growth.ts';

const readings = (bytes: readonly (number | null)[]) =>
  bytes.map((memoryBytes, second) => ({
    atMs: second * 1_000,
    cpuMs: null,
    memoryBytes,
    currentConnections: null,
  }));
const whole = { fromMs: 0, untilMs: 1e9 };
const growing = Array.from({ length: 10 }, (_, second) => 1_000 + 50 * second);

test.for([
  ['a steady slope is found', growing, 50],
  ['one outlier does not move it', growing.map((bytes, second) => (second === 4 ? 9e6 : bytes)), 50],
  ['level memory grows by nothing', growing.map(() => 7), 0],
  ['five readings are enough', growing.slice(0, 5), 50],
  ['four say nothing', growing.slice(0, 4), null],
  ['readings that could not be taken do not count', [...growing.slice(0, 4), null, null], null],
] as const)('%s', ([, bytes, value]) => {
  expect(memoryGrowth(readings(bytes), whole)).toMatchObject({ value, unit: 'bytes/s' });
});

test('readings outside the window do not count', () => {
  expect(memoryGrowth(readings(growing), { fromMs: 6_000, untilMs: 9_000 })).toMatchObject({
    value: null,
    readings: 4,
  });
});

test('a day of readings is compared within the memory there is', () => {
  const day = Array.from({ length: 86_400 }, (_, second) => second * 3);
  expect(memoryGrowth(readings(day), whole)).toMatchObject({ value: 3, readings: 86_400 });
});
