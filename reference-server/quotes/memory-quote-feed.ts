import type { Quote, QuoteDraft } from './quote.ts';
import type { QuoteFeed } from './quote-feed.ts';

/** The quote feed of a server that stands alone. */
export class MemoryQuoteFeed implements QuoteFeed {
  readonly #epoch = Date.now();
  readonly #newest = new Map<string, Quote>();
  #listener: ((quotes: readonly Quote[]) => void) | undefined;

  listen(listener: (quotes: readonly Quote[]) => void): Promise<void> {
    this.#listener = listener;
    return Promise.resolve();
  }

  newestQuotes(): Promise<readonly Quote[]> {
    return Promise.resolve([...this.#newest.values()]);
  }

  holdLease(): Promise<boolean> {
    return Promise.resolve(true);
  }

  releaseLease(): Promise<void> {
    return Promise.resolve();
  }

  publish(drafts: readonly QuoteDraft[]): Promise<readonly Quote[] | null> {
    const quotes = drafts.map((draft) => {
      const sequence = (this.#newest.get(draft.symbol)?.sequence ?? 0) + 1;
      const quote: Quote = { ...draft, sequence, epoch: this.#epoch };
      this.#newest.set(draft.symbol, quote);
      return quote;
    });
    this.#listener?.(quotes);
    return Promise.resolve(quotes);
  }
}
