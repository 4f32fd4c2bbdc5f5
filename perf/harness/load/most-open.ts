import type { Arrivals } from './arrivals.ts';
import { dueAtMs, endingOf, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/** What opening and closing add to a planned life, ms: a server that takes longer shows in the run's own headroom. */
const openingAndClosingMs = 1_000;

/** Until when attempt `index` is planned to have a socket, in ms since the start of the load. */
const plannedEndMs = (arrivals: Arrivals, index: number, holdMs: number): number => {
  const ending = endingOf(arrivals, index);
  switch (ending.kind) {
    case 'with-all':
      return Number.POSITIVE_INFINITY;
    case 'with-burst':
    case 'on-its-own':
      return dueAtMs(arrivals, index) + holdMs + openingAndClosingMs;
    case 'planned':
      return ending.atMs + openingAndClosingMs;
    default:
      return ending satisfies never;
  }
};

/** How many connections a plan has open at once, if the server opens and closes within a second: what limits are checked for. */
export const mostOpenAtOnce = ({ profile }: Pick<LoadPlan, 'profile'>): number => {
  const { arrivals, holdMs } = profile;
  const planned = plannedAttempts(arrivals);
  const ends = Float64Array.from({ length: planned }, (_, index) =>
    plannedEndMs(arrivals, index, holdMs),
  ).toSorted();
  let most = 0;
  let ended = 0;
  for (let index = 0; index < planned; index += 1) {
    const nowMs = dueAtMs(arrivals, index);
    while ((ends[ended] ?? Number.POSITIVE_INFINITY) < nowMs) ended += 1;
    most = Math.max(most, index - ended + 1);
  }
  return most;
};
