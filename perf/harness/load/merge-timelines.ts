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

/** As many points as a chart can show; four a second for a day would be 345,600. */
const mostPoints = 1_200;

/** At most 1,200 points: the first and the last, and of each stretch between them that with the least and the most open. */
export const thinTimeline = (timeline: readonly TimelinePoint[]): readonly TimelinePoint[] => {
  const [first, ...rest] = timeline;
  const last = rest.pop();
  if (first === undefined || last === undefined || timeline.length <= mostPoints) return timeline;
  const stretches = mostPoints / 2 - 1;
  const thinned = [first];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const points = rest.slice(
      Math.floor((stretch * rest.length) / stretches),
      Math.floor(((stretch + 1) * rest.length) / stretches),
    );
    let [least] = points;
    let most = least;
    for (const point of points) {
      if (least === undefined || point.open < least.open) least = point;
      if (most === undefined || point.open > most.open) most = point;
    }
    if (least === undefined || most === undefined) continue;
    if (least === most) thinned.push(least);
    else thinned.push(...[least, most].toSorted((a, b) => a.atMs - b.atMs));
  }
  return [...thinned, last];
};
