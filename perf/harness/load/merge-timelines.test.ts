import { expect, test } from 'vitest';
import type { TimelinePoint } from '../record/run-record.ts';
import { mergeTimelines, thinTimeline } from './merge-timelines.ts';

const point = (atMs: number, open: number): TimelinePoint => ({
  atMs,
  started: open + 1,
  open,
  failed: 1,
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
    { atMs: 250, started: 11, open: 10, failed: 1, messages: 20 },
    { atMs: 260, started: 13, open: 11, failed: 2, messages: 22 },
    { atMs: 500, started: 23, open: 21, failed: 2, messages: 42 },
    { atMs: 740, started: 24, open: 22, failed: 2, messages: 44 },
    { atMs: 1_000, started: 34, open: 32, failed: 2, messages: 64 },
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

test('a timeline of a day is thinned, and keeps its ends, its order, and the most and the least that were open', () => {
  const timeline = Array.from({ length: 345_600 }, (_, index) => ({
    atMs: index * 250,
    started: index,
    open: index === 77_777 ? 900 : index === 200_001 ? 1 : 500,
    failed: 0,
    messages: index,
  }));
  const thinned = thinTimeline(timeline);
  expect(thinned.length).toBeLessThanOrEqual(1_200);
  expect(thinned.length).toBeGreaterThanOrEqual(599);
  expect([thinned[0], thinned.at(-1)]).toEqual([timeline[0], timeline.at(-1)]);
  const open = thinned.map((one) => one.open);
  expect([Math.max(...open), Math.min(...open)]).toEqual([900, 1]);
  expect(thinned).toEqual(thinned.toSorted((a, b) => a.atMs - b.atMs));
  expect(thinTimeline(timeline.slice(0, 1_200))).toHaveLength(1_200);
});
