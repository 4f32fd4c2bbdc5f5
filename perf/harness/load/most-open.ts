import { dueAtMs, livesOnItsOwn, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/** How long a server may take to finish a close before it is cut off, ms. */
const closeAllowanceMs = 2_000;

/** How many connections a plan can have open at once, each living as long as it can: what limits are checked for. */
export const mostOpenAtOnce = ({
  profile: { arrivals, holdMs },
  settings: { handshakeTimeoutMs },
  initialMessages,
}: Pick<LoadPlan, 'profile' | 'settings' | 'initialMessages'>): number => {
  const planned = plannedAttempts(arrivals);
  if (!livesOnItsOwn(arrivals)) return planned;
  const longestLifeMs = handshakeTimeoutMs + Math.max(holdMs, initialMessages.withinMs) + closeAllowanceMs;
  let most = 0;
  let oldest = 0;
  for (let index = 0; index < planned; index += 1) {
    const nowMs = dueAtMs(arrivals, index);
    while (dueAtMs(arrivals, oldest) + longestLifeMs < nowMs) oldest += 1;
    most = Math.max(most, index - oldest + 1);
  }
  return most;
};
