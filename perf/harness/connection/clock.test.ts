import { afterEach, expect, test, vi } from 'vitest';
import { startDateClock } from './clock.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a date clock begins at the wall clock’s date, and goes on from there wherever that is stepped', () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'], now: Date.UTC(2026, 10, 23, 10) });
  const now = startDateClock();
  expect(now().toISOString()).toBe('2026-11-23T10:00:00.000Z');
  vi.setSystemTime(Date.UTC(2026, 10, 23, 9));
  vi.advanceTimersByTime(1_500);
  expect(now().toISOString()).toBe('2026-11-23T10:00:01.500Z');
});
