import type { RunRecord } from '../harness/record/run-record.ts';
import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import { sparkline } from './live/sparkline.ts';
import { startPoint } from './start-point.ts';

const mostColumns = 50;
/** Fewer points are no development. */
const fewestPoints = 4;
const titleWidth = 20;
/** For the figure beside a row: `  highest 1024 % of a core`. */
const figureWidth = 26;
/** Where there is less, the room is the rows' alone. */
const narrowestWithFigures = 60;
const msPerSecond = 1_000;

/** A value at one moment. */
interface Reading {
  readonly atMs: number;
  readonly value: number;
}

/** The value at any moment between two readings, as if it changed evenly; null before the first and after the last. */
const valueAt = (readings: readonly Reading[], atMs: number): number | null => {
  const next = readings.findIndex((reading) => reading.atMs >= atMs);
  const [before, after] = [readings[next - 1], readings[next]];
  if (after === undefined) return null;
  if (before === undefined) return after.atMs === atMs ? after.value : null;
  return before.value + ((after.value - before.value) * (atMs - before.atMs)) / (after.atMs - before.atMs);
};

const readingsOf = <Point extends { readonly atMs: number }>(
  points: readonly Point[],
  of: (point: Point) => number | null,
): readonly Reading[] =>
  points.flatMap((point) => {
    const value = of(point);
    return value === null ? [] : [{ atMs: point.atMs, value }];
  });

const perSecond = (highest: number): string => `highest ${highest.toFixed(highest < 100 ? 1 : 0)}/s`;

type Row = readonly [title: string, values: readonly (number | null)[], figure: (highest: number) => string];

/** Rows over one time axis: what was open, what arrived, what failed, and what the server used. */
const rowsOf = (
  { timeline, server }: Pick<RunRecord, 'timeline' | 'server'>,
  edges: readonly number[],
): Row[] => {
  const points = timeline[0]?.atMs === 0 ? timeline : [startPoint, ...timeline];
  // The highest of each stretch: a peak must not fall between two columns.
  const level = (readings: readonly Reading[]): (number | null)[] =>
    edges.slice(1).map((until, place) => {
      const within = readings.filter(({ atMs }) => atMs > (edges[place] ?? 0) && atMs <= until);
      const values = [valueAt(readings, until), ...within.map(({ value }) => value)];
      return values.reduce((a, b) => (a === null || b === null ? (a ?? b) : Math.max(a, b)), null);
    });
  const growth = (readings: readonly Reading[], per = 1): (number | null)[] =>
    edges.slice(1).map((until, place) => {
      const from = edges[place] ?? 0;
      const [before, after] = [valueAt(readings, from), valueAt(readings, until)];
      return before === null || after === null ? null : ((after - before) * per) / (until - from);
    });
  const failed = readingsOf(points, (point) => point.failed + point.failedAfterOpening);
  const failures = failed.at(-1)?.value ?? 0;
  return [
    [
      'open connections',
      level(readingsOf(points, ({ open }) => open)),
      (highest) => `highest ${highest.toFixed(0)}`,
    ],
    [
      'arrivals',
      growth(
        readingsOf(points, ({ started }) => started),
        msPerSecond,
      ),
      perSecond,
    ],
    ...(failures === 0
      ? []
      : [['failures', growth(failed, msPerSecond), () => `${String(failures)} in all`] satisfies Row]),
    [
      'messages',
      growth(
        readingsOf(points, ({ messages }) => messages),
        msPerSecond,
      ),
      perSecond,
    ],
    [
      'server CPU',
      growth(readingsOf(server.samples, ({ cpuMs }) => cpuMs)),
      (highest) => `highest ${(highest * 100).toFixed(0)} % of a core`,
    ],
    [
      'server memory',
      level(readingsOf(server.samples, ({ memoryBytes }) => memoryBytes)),
      (highest) => `highest ${formatQuantity(highest, 'bytes')}`,
    ],
  ];
};

/** How a run went, drawn over its time, each row from 0 to its highest; no lines where too little was seen of it. */
export const runTimeline = (
  record: Pick<RunRecord, 'timeline' | 'server'>,
  width: number,
): readonly string[] => {
  const points = record.timeline.length;
  const endMs = record.timeline.at(-1)?.atMs ?? 0;
  // No finer than it was looked at.
  const hasFigures = width >= narrowestWithFigures;
  const columns = Math.min(mostColumns, points, width - titleWidth - (hasFigures ? figureWidth : 0));
  if (points < fewestPoints || columns < fewestPoints || endMs <= 0) return [];
  const edges = Array.from({ length: columns + 1 }, (_, place) => (endMs * place) / columns);
  const end = formatQuantity(endMs, 'ms');
  const rows = rowsOf(record, edges).flatMap(([title, values, figure]) => {
    const highest = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
    if (highest === 0) return [];
    const row = `  ${title.padEnd(titleWidth - 2)}${sparkline(values)}`;
    return [hasFigures ? `${row}  ${figure(highest)}` : row.trimEnd()];
  });
  return [`${'Timeline'.padEnd(titleWidth)}0 s ${end.padStart(columns - 4)}`, ...rows];
};
