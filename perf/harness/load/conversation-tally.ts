import type { SlotGrid } from '../metrics/slot-grid.ts';
import {
  mergeTimedDistributions,
  TimedDistribution,
  type EncodedTimedDistribution,
} from '../metrics/timed-distribution.ts';
import { mergeTimedRates, TimedRate, type EncodedTimedRate } from '../metrics/timed-rate.ts';

/** What the conversations of several connections came to; plain data, mergeable. */
export interface ConversationFindings {
  readonly stepTime: EncodedTimedDistribution;
  /** Expectations that were met in time, of those that were decided. */
  readonly stepsMet: EncodedTimedRate;
  /** Conversations that came to their end, of those that did or failed. */
  readonly completed: EncodedTimedRate;
}

/** The conversations of one agent, over all its connections; each belongs to the moment at which it was decided. */
export class ConversationTally {
  readonly #stepTime: TimedDistribution;
  readonly #stepsMet: TimedRate;
  readonly #completed: TimedRate;

  constructor(grid: SlotGrid) {
    this.#stepTime = new TimedDistribution(grid);
    this.#stepsMet = new TimedRate(grid);
    this.#completed = new TimedRate(grid);
  }

  met(stepTimeMs: number, atMs: number): void {
    this.#stepTime.record(stepTimeMs, atMs);
    this.#stepsMet.record(true, atMs);
  }

  failed(atMs: number): void {
    this.#stepsMet.record(false, atMs);
    this.#completed.record(false, atMs);
  }

  completed(atMs: number): void {
    this.#completed.record(true, atMs);
  }

  findings(): ConversationFindings {
    return {
      stepTime: this.#stepTime.encode(),
      stepsMet: this.#stepsMet.encode(),
      completed: this.#completed.encode(),
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
      };
