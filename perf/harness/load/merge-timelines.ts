import type { TimelinePoint } from '../record/run-record.ts';

/** Points of different agents that lie closer together than this are of one instant, ms. */
const sameInstantWithinMs = 100;

/** What several agents had seen by one moment, together. */
export const sumPoints = (atMs: number, points: readonly TimelinePoint[]): TimelinePoint => {
  const sum = (of: (point: TimelinePoint) => number): number =>
    points.reduce((total, point) => total + of(point), 0);
  return {
    atMs,
    started: sum(({ started }) => started),
    open: sum(({ open }) => open),
    failed: sum(({ failed }) => failed),
    messages: sum(({ messages }) => messages),
  };
};

/** The agents' instants, those that lie close together as one: the latest of them. */
const commonInstants = (timelines: readonly (readonly TimelinePoint[])[]): number[] => {
  const all = timelines.flatMap((timeline) => timeline.map(({ atMs }) => atMs)).toSorted((a, b) => a - b);
  const instants: number[] = [];
  let beganAtMs = Number.NEGATIVE_INFINITY;
  for (const atMs of all) {
    if (atMs - beganAtMs < sameInstantWithinMs) instants[instants.length - 1] = atMs;
    else {
      instants.push(atMs);
      beganAtMs = atMs;
    }
  }
  return instants;
};

/** Sums the timelines at common instants; between two of its points an agent stands where it last stood. */
export const mergeTimelines = (
  timelines: readonly (readonly TimelinePoint[])[],
): readonly TimelinePoint[] => {
  const [only] = timelines;
  if (only !== undefined && timelines.length === 1) return only;
  const next = timelines.map(() => 0);
  return commonInstants(timelines).map((atMs) => {
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
