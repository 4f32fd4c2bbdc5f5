import { dueAtMs, loadEndsAtMs, plannedAttempts } from '../harness/load/pacer.ts';
import type { LoadProfile } from '../harness/load/profile.ts';

/** How long a load takes on a server that answers at once and takes everybody back at the first try, about, in ms. */
export const expectedDurationMs = ({ arrivals, holdMs }: LoadProfile): number => {
  const lastDueMs = dueAtMs(arrivals, Math.max(0, plannedAttempts(arrivals) - 1));
  if (arrivals.kind !== 'reconnect-storm') return loadEndsAtMs(arrivals) ?? lastDueMs + holdMs;
  // The longest wait before a first try.
  const { baseMs, capMs, withinMs } = arrivals.backoff;
  return Math.max(lastDueMs, arrivals.cutAfterMs + Math.min(baseMs, capMs, withinMs)) + holdMs;
};
