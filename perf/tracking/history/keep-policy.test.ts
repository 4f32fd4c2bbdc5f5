import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { recordsToPrune, type DatedRecord } from './keep-policy.ts';

const now = new Date('2026-11-22T12:00:00.000Z');
const daily = (month: string, days: number): readonly DatedRecord[] =>
  Array.from({ length: days }, (_, day) => {
    const date = `${month}-${String(day + 1).padStart(2, '0')}`;
    return { path: `runs/${date}`, startedAt: `${date}T10:00:00.000Z` };
  });

const days = (paths: readonly string[]): readonly number[] => paths.map((path) => Number(path.slice(-2)));

test('of a month that is old altogether, as many as wanted stay, spread over it', () => {
  const pruned = recordsToPrune(daily('2026-07', 30), { keepDays: 90, keepPerMonth: 4 }, now);
  const kept = Array.from({ length: 30 }, (_, day) => day + 1).filter((day) => !days(pruned).includes(day));
  expect(kept).toEqual([1, 11, 20, 30]);
});

test.each([
  ['recent', '2026-11', 90, 0],
  ['partly recent', '2026-08', 90, 0],
  ['no more than wanted', '2026-01', 90, 31],
])('a month that is %s stays whole', (_what, month, keepDays, keepPerMonth) => {
  expect(recordsToPrune(daily(month, 28), { keepDays, keepPerMonth }, now)).toEqual([]);
});

test('0 a month keeps nothing that is old, 1 the last one', () => {
  const january = daily('2026-01', 31);
  expect(recordsToPrune(january, { keepDays: 90, keepPerMonth: 0 }, now)).toHaveLength(31);
  expect(days(recordsToPrune(january, { keepDays: 90, keepPerMonth: 1 }, now))).not.toContain(31);
});

test('what one pruning keeps the next one keeps, and each month keeps what it should', () => {
  const policies = fc.record({ keepDays: fc.nat(400), keepPerMonth: fc.nat(40) });
  fc.assert(
    fc.property(fc.nat(31), policies, (count, policy) => {
      const records = [...daily('2025-12', count), ...daily('2026-10', 31)];
      const pruned = new Set(recordsToPrune(records, policy, now));
      const kept = records.filter(({ path }) => !pruned.has(path));
      expect(recordsToPrune(kept, policy, now)).toEqual([]);
      const old = kept.filter(({ startedAt }) => startedAt.startsWith('2025'));
      expect(old.length).toBeGreaterThanOrEqual(Math.min(count, policy.keepPerMonth));
    }),
  );
});
