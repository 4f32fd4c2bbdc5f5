import { expect, test } from 'vitest';
import type { TimelinePoint } from '../record/run-record.ts';
import { mergeTimelines } from './merge-timelines.ts';

const point = (atMs: number, open: number): TimelinePoint => ({
  atMs,
  started: open + 1,
  open,
  failed: 1,
  failedAfterOpening: 2,
  messages: open * 2,
});

test('the timeline of one agent is its own', () => {
  const timeline = [point(0, 1), point(1, 2)];
  expect(mergeTimelines([timeline])).toBe(timeline);
});

test('of several agents every point is their sum, one that says nothing standing where it last stood', () => {
  const merged = mergeTimelines([
    [point(250, 10), point(500, 20), point(1_000, 30)],
    [point(260, 1), point(500, 1), point(740, 2)],
  ]);
  expect(merged).toEqual([
    { atMs: 250, started: 11, open: 10, failed: 1, failedAfterOpening: 2, messages: 20 },
    { atMs: 260, started: 13, open: 11, failed: 2, failedAfterOpening: 4, messages: 22 },
    { atMs: 500, started: 23, open: 21, failed: 2, failedAfterOpening: 4, messages: 42 },
    { atMs: 740, started: 24, open: 22, failed: 2, failedAfterOpening: 4, messages: 44 },
    { atMs: 1_000, started: 34, open: 32, failed: 2, failedAfterOpening: 4, messages: 64 },
  ]);
});

test('an agent that has not said anything yet adds nothing', () => {
  expect(mergeTimelines([[point(250, 5)], [point(500, 7)]]).map(({ open }) => open)).toEqual([5, 12]);
});

test.each([2, 3, 7])('of %i agents the sum at every instant is that of a slow, obvious count', (agents) => {
  const timelines = Array.from({ length: agents }, (_, agent) =>
    Array.from({ length: 20 }, (_point, step) => point(step * 250 + ((agent * 7) % 5), step * (agent + 1))),
  );
  const merged = mergeTimelines(timelines);
  for (const { atMs, open, messages } of merged) {
    const standing = timelines.flatMap((timeline) => timeline.findLast((one) => one.atMs <= atMs) ?? []);
    expect(open).toBe(standing.reduce((total, one) => total + one.open, 0));
    expect(messages).toBe(standing.reduce((total, one) => total + one.messages, 0));
  }
  expect(merged.map(({ atMs }) => atMs)).toEqual(merged.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
});
