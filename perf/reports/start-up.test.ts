import { expect, test } from 'vitest';
import { startUpMs } from './start-up.ts';
import { makeRecord } from './testing/make-record.ts';

const scenario = (...dials: (string | null)[]): Parameters<typeof startUpMs>[1][number] => ({
  records: dials.map((firstDialAt) => makeRecord({ firstDialAt })),
});
const at = Date.parse('2026-11-22T20:00:00.000Z');

test('the start-up ends with the first dial of any scenario', () => {
  const scenarios = [
    scenario(null, '2026-11-22T20:00:09.000Z'),
    scenario('2026-11-22T20:00:02.500Z', '2026-11-22T20:00:03.000Z'),
  ];
  expect(startUpMs(at, scenarios)).toBe(2_500);
});

test('where nothing was dialled there is none', () => {
  expect(startUpMs(at, [scenario(null), scenario()])).toBeNull();
});
