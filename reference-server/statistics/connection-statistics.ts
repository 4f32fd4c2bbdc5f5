/** Counts connections for the monitoring endpoints; with a shared store, those of all its live instances together. */
export interface ConnectionStatistics {
  /** Counts one attempt, the moment it reached the endpoint. */
  attemptArrived(): PendingAttempt;
  /** Everything counted so far; rejects when the store does not answer. */
  read(): Promise<ConnectionCounts>;
  /** Starts a new period: counters are zeroed, and open connections stay counted as open. */
  reset(): Promise<void>;
}

/** An attempt that has neither opened nor failed. It is counted in the period in which it arrived, whatever comes later. */
export interface PendingAttempt {
  opened(handshakeMs: number): OpenConnection;
  failed(): void;
}

/** A connection that counts as current. */
export interface OpenConnection {
  closed(): void;
}

/** How many of the newest handshake times are kept. */
export const KEPT_HANDSHAKE_TIMES = 1_000;

/** What the monitoring endpoints are computed from; times are whole microseconds, so that sums stay exact. */
export interface ConnectionCounts {
  readonly attempts: number;
  readonly failed: number;
  readonly opened: number;
  readonly openNow: number;
  readonly mostOpen: number;
  readonly sumMicros: number;
  /** 0 when nothing opened. */
  readonly minMicros: number;
  readonly maxMicros: number;
  /** Epoch milliseconds; 0 when nothing opened. */
  readonly lastOpenedAtMs: number;
  /** The newest handshake times, oldest first. */
  readonly newestMicros: readonly number[];
}
