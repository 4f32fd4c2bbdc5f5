import type { CircuitStanding } from './redis-circuit.ts';
import type { QuoteFeed } from '../quotes/quote-feed.ts';
import type { ConnectionStatistics } from '../statistics/connection-statistics.ts';

/** Whether the store answers. */
export type BackendHealth =
  { readonly status: 'ok' } | { readonly status: 'unavailable'; readonly reason: string };

/** How much a store of its own keeps. */
export interface StoreUsage {
  readonly keys: number;
  readonly memoryBytes: number;
}

/** Where quotes and statistics are kept: in this process, or in a Redis that several instances share. */
export interface Backend {
  readonly kind: 'memory' | 'redis';
  readonly quotes: QuoteFeed;
  readonly statistics: ConnectionStatistics;
  /** How the circuit around the store stands; null where there is none. */
  circuit(): CircuitStanding | null;
  checkHealth(): Promise<BackendHealth>;
  /** How much the store keeps; null where it is this process, or does not answer. */
  usage(): Promise<StoreUsage | null>;
  /** Reports what is left and lets go; never rejects. */
  close(): Promise<void>;
}
