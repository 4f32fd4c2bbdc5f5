import type { TimelinePoint } from '../record/run-record.ts';

/** What several agents had seen by one moment, together. */
export const sumPoints = (atMs: number, points: readonly TimelinePoint[]): TimelinePoint => {
  const sum = (of: (point: TimelinePoint) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  return {
    atMs,
    started: sum(({ started }) => started),
    open: sum(({ open }) => open),
    failed: sum(({ failed }) => failed),
    failedAfterOpening: sum(({ failedAfterOpening }) => failedAfterOpening),
    messages: sum(({ messages }) => messages),
  };
};

/** Sums the timelines at the instants of all of them; between two of its points an agent stands where it last stood. */
export const mergeTimelines = (
  timelines: readonly (readonly TimelinePoint[])[],
): readonly TimelinePoint[] => {
  const [only] = timelines;
  if (only !== undefined && timelines.length === 1) return only;
  const next = timelines.map(() => 0);
  const instants = new Set(timelines.flatMap((timeline) => timeline.map(({ atMs }) => atMs)));
  return [...instants]
    .toSorted((a, b) => a - b)
    .map((atMs) => {
      const standing: TimelinePoint[] = [];
      for (const [part, timeline] of timelines.entries()) {
        let position = next[part] ?? 0;
        while ((timeline[position]?.atMs ?? Number.POSITIVE_INFINITY) <= atMs) position += 1;
        next[part] = position;
        const last = timeline[position - 1];
        if (last !== undefined) standing.push(last);
      }
      return sumPoints(atMs, standing);
    });
};
