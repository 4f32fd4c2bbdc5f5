import type {
  ConnectionCounts,
  ConnectionStatistics,
  OpenConnection,
  PendingAttempt,
} from './connection-statistics.ts';
import { OutcomeTally } from './outcome-tally.ts';

interface Period {
  attempts: number;
  readonly outcomes: OutcomeTally;
}

const newPeriod = (): Period => ({ attempts: 0, outcomes: new OutcomeTally() });

/** The statistics of a server that stands alone. */
export class MemoryStatistics implements ConnectionStatistics {
  #period = newPeriod();
  #openNow = 0;
  #mostOpen = 0;

  attemptArrived(): PendingAttempt {
    const period = this.#period;
    period.attempts += 1;
    return {
      failed: () => period.outcomes.addFailure(),
      opened: (handshakeMs) => {
        period.outcomes.addOpening(handshakeMs, Date.now());
        return this.#open();
      },
    };
  }

  read(): Promise<ConnectionCounts> {
    const { attempts, outcomes } = this.#period;
    return Promise.resolve({
      attempts,
      failed: outcomes.failed,
      opened: outcomes.opened,
      openNow: this.#openNow,
      mostOpen: this.#mostOpen,
      sumMicros: outcomes.sumMicros,
      minMicros: outcomes.minMicros,
      maxMicros: outcomes.maxMicros,
      lastOpenedAtMs: outcomes.lastOpenedAtMs,
      newestMicros: outcomes.newestMicros,
    });
  }

  reset(): Promise<void> {
    this.#period = newPeriod();
    this.#mostOpen = this.#openNow;
    return Promise.resolve();
  }

  #open(): OpenConnection {
    this.#openNow += 1;
    this.#mostOpen = Math.max(this.#mostOpen, this.#openNow);
    return {
      closed: () => {
        this.#openNow -= 1;
      },
    };
  }
}
