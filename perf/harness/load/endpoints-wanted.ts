import { allowancesMs } from './longest-duration.ts';
import { dueAtMs, endingOf, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

type Limits = Pick<LoadPlan, 'profile' | 'settings' | 'initialMessages'>;

/** What a close may take before the line is cut, and its port, in TIME_WAIT, until it can be used again, ms. */
const freeAgainAfterMs = 4_000;

/** The latest moment at which attempt `index` can still have its endpoint, in ms since the start of the load. */
export const latestEndMs = (plan: Limits, index: number): number => {
  const { arrivals, holdMs } = plan.profile;
  const { initialMs, answerMs } = allowancesMs(plan);
  const ending = endingOf(arrivals, index);
  const decidedMs = dueAtMs(arrivals, index) + plan.settings.handshakeTimeoutMs;
  switch (ending.kind) {
    case 'with-all':
      return Number.POSITIVE_INFINITY;
    case 'with-burst':
    case 'on-its-own':
      return decidedMs + Math.max(holdMs + answerMs, initialMs) + freeAgainAfterMs;
    case 'planned':
      return Math.max(ending.atMs + answerMs, decidedMs + initialMs) + freeAgainAfterMs;
    default:
      return ending satisfies never;
  }
};

/**
 * How many endpoints, used in turn, a plan needs so that none is used again before its last connection has gone: the
 * longest run of attempts that one life lasts through, long ones included. A try to come back has one of its own.
 */
export const endpointsWanted = (plan: Limits): number => {
  const { arrivals } = plan.profile;
  const planned = plannedAttempts(arrivals);
  if (arrivals.kind === 'reconnect-storm' || arrivals.kind === 'returning')
    return planned * (1 + arrivals.backoff.tries);
  let most = 0;
  let oldest = 0;
  for (let index = 0; index < planned; index += 1) {
    // Attempts are in the order in which they are due: what is over now is over for all that follow.
    while (latestEndMs(plan, oldest) < dueAtMs(arrivals, index)) oldest += 1;
    most = Math.max(most, index - oldest + 1);
  }
  return most;
};
