import type { Clock } from '../connection/clock.ts';
import type { QueueReport } from './opening-queue.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';
import { TurnBudget } from './turn-budget.ts';
import { TurnLog, type TurnsReport } from './turn-log.ts';

/** What the pacer achieved while it started what was due. */
export interface PacingReport extends TurnsReport {
  readonly started: number;
  /** Those of them that were due at the same moment as the one before. */
  readonly dueTogether: number;
  /** Starts a second from the first to the last of them: as the plan has it, and as it went. */
  readonly plannedPerSecond: number | null;
  readonly achievedPerSecond: number | null;
  /** Tries to come back after a cut, which are no attempts of the plan; absent where there were none to be. */
  readonly retries?: QueueReport;
}

const msPerSecond = 1_000;

/** `count` instants from the first to the last have one gap less; null where there is no rate to speak of. */
const ratePerSecond = (count: number, fromMs: number, toMs: number): number | null =>
  count < 2 || toMs <= fromMs ? null : ((count - 1) * msPerSecond) / (toMs - fromMs);

/**
 * Starts each item when it is due, whatever becomes of those started: a few per turn of the event loop, as many as keep
 * the turn short, because an answer that arrives meanwhile waits until the turn is over.
 */
export const startWhenDue = async <Item>(
  items: readonly Item[],
  dueTimesMs: readonly number[],
  {
    clock,
    signal,
    budget = new TurnBudget(),
  }: { readonly clock: Clock; readonly signal: AbortSignal; readonly budget?: TurnBudget },
  start: (item: Item, dueAtMs: number) => void,
): Promise<PacingReport> => {
  const log = new TurnLog();
  const dueAtMs = (index: number): number => dueTimesMs[index] ?? 0;
  let next = 0;
  let firstAtMs = 0;
  let lastAtMs = 0;
  /** Null after a sleep: what passed since was no turn. */
  let turnBeganAtMs: number | null = null;
  while (next < items.length && !signal.aborted) {
    const nowMs = clock();
    if (turnBeganAtMs !== null) {
      const turnMs = nowMs - turnBeganAtMs;
      log.took(turnMs);
      budget.turnTook(turnMs);
    }
    const startedBefore = next;
    while (next < items.length && dueAtMs(next) <= nowMs && next - startedBefore < budget.starts) {
      start(items[next] as Item, dueAtMs(next));
      next += 1;
    }
    const starts = next - startedBefore;
    log.started(starts);
    if (starts > 0) {
      if (startedBefore === 0) firstAtMs = nowMs;
      lastAtMs = nowMs;
    }
    const waitMs = next < items.length ? dueAtMs(next) - clock() : 0;
    if (waitMs > 0) {
      turnBeganAtMs = null;
      await sleepUnlessAborted(waitMs, signal);
    } else {
      turnBeganAtMs = nowMs;
      await new Promise(setImmediate);
    }
  }
  return {
    started: next,
    dueTogether: dueTimesMs.slice(1, next).filter((dueMs, index) => dueMs === dueAtMs(index)).length,
    ...log.report(),
    plannedPerSecond: ratePerSecond(next, dueAtMs(0), dueAtMs(next - 1)),
    achievedPerSecond: ratePerSecond(next, firstAtMs, lastAtMs),
  };
};
