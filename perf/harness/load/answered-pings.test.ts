import { expect, test } from 'vitest';
import { TimedRate } from '../metrics/timed-rate.ts';
import { AnsweredPings } from './answered-pings.ts';

const grid = { warmUpMs: 0, slotMs: 1_000 };

/** Counts what is recorded as it comes. */
const noted = (): { readonly rate: TimedRate; readonly sentAtMs: number[] } => {
  const rate = new TimedRate(grid);
  const sentAtMs: number[] = [];
  const record = rate.record.bind(rate);
  rate.record = (isHit, atMs) => {
    sentAtMs.push(atMs);
    record(isHit, atMs);
  };
  return { rate, sentAtMs };
};

test('an answered ping is settled as soon as it has had its time, while the pings go on', () => {
  const { rate, sentAtMs } = noted();
  const pings = new AnsweredPings(rate);
  for (let atMs = 0; atMs <= 5_000; atMs += 1) pings.add(atMs, atMs);
  expect(sentAtMs).toEqual(Array.from({ length: 4_001 }, (_, atMs) => atMs));
  pings.end(5_500, [4_100, 4_600]);
  expect(rate.encode()).toMatchObject({ hits: 4_501, total: 4_502 });
});

test('answers in any order are each settled once', () => {
  const { rate } = noted();
  const pings = new AnsweredPings(rate);
  for (const [sentAt, now] of [
    [500, 600],
    [0, 1_200],
    [100, 1_400],
  ] as const)
    pings.add(sentAt, now);
  pings.end(1_450, []);
  expect(rate.encode()).toMatchObject({ hits: 2, total: 2 });
});
