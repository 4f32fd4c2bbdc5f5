import type { Clock } from '../connection/clock.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';

/** Openings per turn of the event loop: more would make answers wait in this process's own queue. */
const openingsPerTurn = 4;

/** Starts each item when it is due, a few per turn of the event loop, whatever becomes of those started. */
export const startWhenDue = async <Item>(
  items: readonly Item[],
  dueTimesMs: readonly number[],
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
  start: (item: Item) => void,
): Promise<void> => {
  let next = 0;
  while (next < items.length && !signal.aborted) {
    const nowMs = clock();
    let startedThisTurn = 0;
    while (next < items.length && (dueTimesMs[next] ?? 0) <= nowMs && startedThisTurn < openingsPerTurn) {
      start(items[next] as Item);
      next += 1;
      startedThisTurn += 1;
    }
    const waitMs = next < items.length ? (dueTimesMs[next] ?? 0) - clock() : 0;
    if (waitMs > 0) await sleepUnlessAborted(waitMs, signal);
    else await new Promise(setImmediate);
  }
};
