import type { Arrivals } from './arrivals.ts';
import { allowancesMs } from './longest-duration.ts';
import { dueAtMs, endingOf, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/** How long a server may take to finish a close before it is cut off, ms. */
const closeAllowanceMs = 2_000;

type Limits = Pick<LoadPlan, 'profile' | 'settings' | 'initialMessages'>;

/** The latest moment at which attempt `index` can still have a socket, in ms since the start of the load. */
const latestEndMs = (arrivals: Arrivals, index: number, plan: Limits) => {
  const { profile, settings } = plan;
  const { initialMs, answerMs } = allowancesMs(plan);
  const ending = endingOf(arrivals, index);
  const decidedMs = dueAtMs(arrivals, index) + settings.handshakeTimeoutMs;
  switch (ending.kind) {
    case 'with-all':
      return Number.POSITIVE_INFINITY;
    case 'with-burst':
    case 'on-its-own':
      return decidedMs + Math.max(profile.holdMs + answerMs, initialMs) + closeAllowanceMs;
    case 'planned':
      return Math.max(ending.atMs + answerMs, decidedMs + initialMs) + closeAllowanceMs;
    default:
      return ending satisfies never;
  }
};

/** How many connections a plan can have open at once, each living as long as it can: what limits are checked for. */
export const mostOpenAtOnce = (plan: Limits): number => {
  const { arrivals } = plan.profile;
  const planned = plannedAttempts(arrivals);
  const ends = Array.from({ length: planned }, (_, index) => latestEndMs(arrivals, index, plan)).toSorted(
    (a, b) => a - b,
  );
  let most = 0;
  let ended = 0;
  for (let index = 0; index < planned; index += 1) {
    const nowMs = dueAtMs(arrivals, index);
    while ((ends[ended] ?? 0) < nowMs) ended += 1;
    most = Math.max(most, index - ended + 1);
  }
  return most;
};
