import type { Clock } from '../connection/clock.ts';
import { Distribution } from '../metrics/distribution.ts';
import { sleepUnlessAborted } from './sleep-unless-aborted.ts';
import { TurnBudget } from './turn-budget.ts';

/** What the pacer achieved while it started what was due. */
export interface PacingReport {
  readonly started: number;
  /** Those of them that were due at the same moment as the one before. */
  readonly dueTogether: number;
  /** Starts in one turn of the event loop, over the turns that started anything; null when nothing was started. */
  readonly startsPerTurn: { readonly min: number; readonly median: number; readonly max: number } | null;
  /** How long a turn took that was followed by another without sleep, ms; null where each turn slept. */
  readonly turnMs: { readonly p50: number; readonly p99: number; readonly max: number } | null;
  /** Starts a second from the first to the last of them: as the plan has it, and as it went. */
  readonly plannedPerSecond: number | null;
  readonly achievedPerSecond: number | null;
}

const msPerSecond = 1_000;

/** `count` instants from the first to the last have one gap less; null where there is no rate to speak of. */
const ratePerSecond = (count: number, fromMs: number, toMs: number): number | null =>
  count < 2 || toMs <= fromMs ? null : ((count - 1) * msPerSecond) / (toMs - fromMs);

/** Keeps how many starts each turn made, by count. */
class StartsPerTurn {
  readonly #turnsByCount: number[] = [];

  record(starts: number): void {
    if (starts > 0) this.#turnsByCount[starts] = (this.#turnsByCount[starts] ?? 0) + 1;
  }

  report(): PacingReport['startsPerTurn'] {
    const counts = Object.keys(this.#turnsByCount).map(Number);
    const turns = counts.reduce((total, count) => total + (this.#turnsByCount[count] ?? 0), 0);
    let passed = 0;
    const median = counts.find((count) => {
      passed += this.#turnsByCount[count] ?? 0;
      return passed * 2 >= turns;
    });
    return median === undefined ? null : { min: Math.min(...counts), median, max: Math.max(...counts) };
  }
}

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
  start: (item: Item) => void,
): Promise<PacingReport> => {
  const turns = new Distribution();
  const startsPerTurn = new StartsPerTurn();
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
      turns.record(turnMs);
      budget.turnTook(turnMs);
    }
    const startedBefore = next;
    while (next < items.length && dueAtMs(next) <= nowMs && next - startedBefore < budget.starts) {
      start(items[next] as Item);
      next += 1;
    }
    const starts = next - startedBefore;
    startsPerTurn.record(starts);
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
    startsPerTurn: startsPerTurn.report(),
    turnMs:
      turns.count === 0
        ? null
        : {
            p50: turns.percentileMs(50) ?? 0,
            p99: turns.percentileMs(99) ?? 0,
            max: turns.percentileMs(100) ?? 0,
          },
    plannedPerSecond: ratePerSecond(next, dueAtMs(0), dueAtMs(next - 1)),
    achievedPerSecond: ratePerSecond(next, firstAtMs, lastAtMs),
  };
};
