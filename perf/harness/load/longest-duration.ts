import { dueAtMs, loadEndsAtMs, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

/** The longest the plan can take when nothing answers, in ms from its start. */
export const longestDurationMs = ({
  profile,
  settings,
  initialMessages,
}: Pick<LoadPlan, 'profile' | 'settings' | 'initialMessages'>): number => {
  const { arrivals, holdMs } = profile;
  const lastDueMs = dueAtMs(arrivals, Math.max(0, plannedAttempts(arrivals) - 1));
  const holdOrReadyMs = Math.max(holdMs, initialMessages.withinMs);
  if (arrivals.kind === 'reconnect-storm') {
    const lastTryMs = arrivals.cutAfterMs + arrivals.backoff.withinMs;
    return Math.max(lastDueMs, lastTryMs) + settings.handshakeTimeoutMs + holdOrReadyMs;
  }
  return Math.max(loadEndsAtMs(arrivals) ?? 0, lastDueMs + settings.handshakeTimeoutMs + holdOrReadyMs);
};
