import { longestWithinMs } from './conversation.ts';
import { dueAtMs, loadEndsAtMs, plannedAttempts } from './pacer.ts';
import type { LoadPlan } from './plan.ts';

type Limits = Pick<LoadPlan, 'profile' | 'settings' | 'initialMessages'>;

/** How long a connection may outlast its hold at most, in ms: for initial messages from its opening, for an answer from then on. */
export const allowancesMs = ({
  profile: { whileOpen },
  initialMessages,
}: Limits): { readonly initialMs: number; readonly answerMs: number } => ({
  initialMs: initialMessages.withinMs,
  answerMs: whileOpen.kind === 'conversation' ? longestWithinMs(whileOpen.steps) : 0,
});

/** The longest the plan can take when nothing answers, in ms from its start. */
export const longestDurationMs = (plan: Limits): number => {
  const { profile, settings } = plan;
  const { arrivals, holdMs } = profile;
  const { initialMs, answerMs } = allowancesMs(plan);
  const lastDueMs = dueAtMs(arrivals, Math.max(0, plannedAttempts(arrivals) - 1));
  const holdOrReadyMs = Math.max(holdMs + answerMs, initialMs);
  if (arrivals.kind === 'reconnect-storm') {
    const lastTryMs = arrivals.cutAfterMs + arrivals.backoff.withinMs;
    return Math.max(lastDueMs, lastTryMs) + settings.handshakeTimeoutMs + holdOrReadyMs;
  }
  return Math.max(
    // Whoever comes back just before the end is still waited for.
    (loadEndsAtMs(arrivals) ?? 0) +
      (arrivals.kind === 'returning'
        ? settings.handshakeTimeoutMs + Math.max(initialMs, answerMs)
        : answerMs),
    lastDueMs + settings.handshakeTimeoutMs + holdOrReadyMs,
  );
};
