import type { SlotGrid } from '../metrics/slot-grid.ts';
import {
  mergeTimedDistributions,
  TimedDistribution,
  type EncodedTimedDistribution,
} from '../metrics/timed-distribution.ts';
import { mergeTimedCounters, TimedCounter, type EncodedTimedCounter } from '../metrics/timed-counter.ts';
import { mergeTimedRates, TimedRate, type EncodedTimedRate } from '../metrics/timed-rate.ts';

/** What the conversations of several connections came to; plain data, mergeable. */
export interface ConversationFindings {
  readonly stepTime: EncodedTimedDistribution;
  /** Expectations that were met in time, of those that were decided. */
  readonly stepsMet: EncodedTimedRate;
  /** Conversations that came to their end, of those that did or failed. */
  readonly completed: EncodedTimedRate;
  /** Conversations that neither failed nor came to their end before their connection was over. */
  readonly unfinished: EncodedTimedCounter;
}

/** The conversations of one agent, over all its connections; each belongs to the moment at which it was decided. */
export class ConversationTally {
  readonly #stepTime: TimedDistribution;
  readonly #stepsMet: TimedRate;
  readonly #completed: TimedRate;
  readonly #unfinished: TimedCounter;

  constructor(grid: SlotGrid) {
    this.#stepTime = new TimedDistribution(grid);
    this.#stepsMet = new TimedRate(grid);
    this.#completed = new TimedRate(grid);
    this.#unfinished = new TimedCounter(grid);
  }

  met(stepTimeMs: number, atMs: number): void {
    this.#stepTime.record(stepTimeMs, atMs);
    this.#stepsMet.record(true, atMs);
  }

  /** Where a pause or a message was next when the other side closed, no expectation was missed. */
  failed(atMs: number, { atExpectation }: { readonly atExpectation: boolean }): void {
    if (atExpectation) this.#stepsMet.record(false, atMs);
    this.#completed.record(false, atMs);
  }

  completed(atMs: number): void {
    this.#completed.record(true, atMs);
  }

  unfinished(atMs: number): void {
    this.#unfinished.add(atMs);
  }

  findings(): ConversationFindings {
    return {
      stepTime: this.#stepTime.encode(),
      stepsMet: this.#stepsMet.encode(),
      completed: this.#completed.encode(),
      unfinished: this.#unfinished.encode(),
    };
  }
}

/** The findings of several agents, as if they were one; null where there are none. */
export const mergeConversations = (
  parts: readonly ConversationFindings[],
): ConversationFindings | undefined =>
  parts.length === 0
    ? undefined
    : {
        stepTime: mergeTimedDistributions(parts.map(({ stepTime }) => stepTime)),
        stepsMet: mergeTimedRates(parts.map(({ stepsMet }) => stepsMet)),
        completed: mergeTimedRates(parts.map(({ completed }) => completed)),
        unfinished: mergeTimedCounters(parts.map(({ unfinished }) => unfinished)),
      };
