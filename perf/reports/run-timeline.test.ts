import { expect, test } from 'vitest';
import type { ServerSample, TimelinePoint } from '../harness/record/run-record.ts';
import { runTimeline } from './run-timeline.ts';
import { makeRecord } from './testing/make-record.ts';

const point = (atMs: number, changes: Partial<TimelinePoint> = {}): TimelinePoint => ({
  atMs,
  started: Math.min(8, atMs / 250),
  open: Math.min(8, atMs / 250),
  failed: 0,
  failedAfterOpening: 0,
  messages: 0,
  ...changes,
});

/** Eight connections, opened within 2 s and held for two more. */
const held = Array.from({ length: 16 }, (_, place) => point((place + 1) * 250));

const sample = (second: number, cpuMs: number): ServerSample => ({
  atMs: second * 1_000,
  cpuMs,
  memoryBytes: 64 * 1_048_576,
  currentConnections: null,
});

const drawn = (timeline: readonly TimelinePoint[], samples: readonly ServerSample[] = [], width = 100) => {
  const { server } = makeRecord();
  return runTimeline({ timeline, server: { ...server, samples } }, width);
};

test('what was open and what arrived stand over one time axis, each from 0 to its highest', () => {
  expect(drawn(held)).toEqual([
    'Timeline            0 s      4.000 s',
    '  open connections  ▁▂▃▄▅▆▇█████████  highest 8',
    '  arrivals          ████████          highest 4.0/s',
  ]);
});

test('a peak between two columns is seen', () => {
  const long = Array.from({ length: 200 }, (_, place) =>
    point((place + 1) * 250, { open: place === 97 ? 40 : 20 }),
  );
  const [, open] = drawn(long);
  expect(open).toMatch(/▄█▄+ {2}highest 40$/u);
});

test('failures are drawn when they happened, those after opening, too', () => {
  const failing = held.map((one, place) => ({
    ...one,
    failed: place >= 4 ? 3 : 0,
    failedAfterOpening: place >= 15 ? 6 : 0,
  }));
  expect(drawn(failing)[3]).toBe('  failures              ▄          █  9 in all');
});

test('the server’s processor time and memory stand over the same axis, as far as it was read', () => {
  const samples = [sample(0, 100), sample(1, 600), sample(2, 600), sample(3, 850)];
  expect(drawn(held, samples).slice(3)).toEqual([
    '  server CPU        ████    ▄▄▄▄      highest 50 % of a core',
    '  server memory     ████████████      highest 64.00 MiB',
  ]);
});

test('the ends of the axis stand apart however short it is', () => {
  expect(drawn(held.slice(0, 4))[0]).toBe('Timeline            0 s 1.000 s');
});

test('of a run with next to no timeline nothing is drawn', () => {
  expect(drawn(held.slice(0, 3))).toEqual([]);
  expect(drawn([])).toEqual([]);
});

test.each([40, 60, 80, 100])('it fits %i columns', (width) => {
  const long = Array.from({ length: 1_200 }, (_, place) =>
    point((place + 1) * 1_000, { messages: place * 9_999 }),
  );
  const lines = drawn(long, [sample(0, 0), sample(1_100, 9_000_000)], width);
  expect(lines.length).toBeGreaterThan(3);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
});
