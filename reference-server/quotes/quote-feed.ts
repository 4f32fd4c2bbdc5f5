import type { Quote, QuoteDraft } from './quote.ts';

/** Where quotes are published to, and where every instance hears of them. */
export interface QuoteFeed {
  /** Calls `listener` with each batch of published quotes, in order per symbol; one listener per feed. Resolves once they arrive. */
  listen(listener: (quotes: readonly Quote[]) => void): Promise<void>;
  /** The newest quote of each symbol that was ever published. */
  newestQuotes(): Promise<readonly Quote[]>;
  /** Takes or prolongs the right to publish; false while another instance has it. */
  holdLease(): Promise<boolean>;
  /** Gives the right to publish to whoever asks next. */
  releaseLease(): Promise<void>;
  /** Numbers and publishes the drafts, and gives what was published; null, and nothing is, when another instance has the lease. */
  publish(drafts: readonly QuoteDraft[]): Promise<readonly Quote[] | null>;
}
