import type { AgentProgress } from '../harness/load/agent-result.ts';
import { dueAtMs, plannedAttempts } from '../harness/load/pacer.ts';
import type { LoadPlan } from '../harness/load/plan.ts';
import type { LoadResult } from '../harness/load/run-load.ts';
import { readSoFar } from '../harness/metrics/so-far-tally.ts';
import { foreseeable } from '../harness/metrics/so-far.ts';
import { isWarmUp } from '../harness/metrics/warm-up.ts';
import type { EarlyEndRecord } from '../harness/record/run-record.ts';
import { describeThreshold } from '../harness/thresholds/describe-verdict.ts';
import { whyLost, type Outlook } from '../harness/thresholds/outlook.ts';
import type { Threshold } from '../harness/thresholds/threshold.ts';

/** How many attempts are judged at most: those planned after the warm-up, where none comes back for another try. */
const judgedOf = ({ profile: { arrivals }, grid }: LoadPlan): number => {
  if (arrivals.kind === 'reconnect-storm' || arrivals.kind === 'returning') return Number.POSITIVE_INFINITY;
  const dueTimes = Array.from({ length: plannedAttempts(arrivals) }, (_, index) => dueAtMs(arrivals, index));
  return dueTimes.filter((one) => !isWarmUp({ dueAtMs: one }, grid.warmUpMs)).length;
};

/** Ends a load when a promise that it was given can not be kept any more. */
export class PromiseWatch {
  readonly #promises: readonly Threshold[];
  readonly #mostAttempts: number;
  readonly #expectedMs: number;
  readonly #lost = new AbortController();
  #broken: Pick<EarlyEndRecord, 'promise' | 'reason'> | null = null;

  /** `expectedMs`: how long the load takes when nothing ends it, about. */
  constructor(promises: readonly Threshold[], plan: LoadPlan, expectedMs: number) {
    this.#promises = promises;
    this.#mostAttempts = promises.length === 0 ? 0 : judgedOf(plan);
    this.#expectedMs = expectedMs;
  }

  /** Aborts when a promise is lost. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  look({ soFar }: AgentProgress): void {
    if (this.#broken !== null) return;
    for (const promise of this.#promises) {
      const reason = whyLost(promise, { soFar, mostAttempts: this.#mostAttempts });
      if (reason === null) continue;
      this.#broken = { promise: describeThreshold(promise), reason };
      this.#lost.abort();
      return;
    }
  }

  /** How the load ended, and what that left open; both null where no promise ended it. */
  conclude(
    result: LoadResult,
    isInterrupted: boolean,
  ): { readonly endedEarly: EarlyEndRecord | null; readonly outlook: Outlook | null } {
    // A promise that was lost in the very last moment ended nothing.
    if (this.#broken === null || !result.wasStopped || isInterrupted)
      return { endedEarly: null, outlook: null };
    const load = {
      warmUpMs: result.grid.warmUpMs,
      attempts: result.attempts,
      messages: result.messages.received.count,
      roundTrip: () => result.pings.roundTrip,
    };
    return {
      endedEarly: {
        ...this.#broken,
        atMs: result.finishedAtMs,
        savedMs: Math.max(0, this.#expectedMs - result.finishedAtMs),
      },
      outlook: { soFar: readSoFar(load, foreseeable), mostAttempts: this.#mostAttempts },
    };
  }
}
