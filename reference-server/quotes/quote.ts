/** One published price. */
export interface Quote {
  readonly symbol: string;
  readonly price: number;
  /** Counts up by one per symbol, within an epoch. */
  readonly sequence: number;
  /** Epoch milliseconds on the publisher's clock. */
  readonly publishedAt: number;
  /** When the counting started, in epoch milliseconds; a later epoch means that the counting started anew. */
  readonly epoch: number;
}

/** A price that has not been published, so that it has no number yet. */
export type QuoteDraft = Pick<Quote, 'symbol' | 'price' | 'publishedAt'>;

/** Whether `candidate` was published after `known`; anything is newer than nothing. */
export const isNewerQuote = (candidate: Quote, known: Quote | undefined): boolean =>
  known === undefined ||
  candidate.epoch > known.epoch ||
  (candidate.epoch === known.epoch && candidate.sequence > known.sequence);

/** The newest quote per symbol out of several lists. */
export const newestPerSymbol = (...lists: readonly Iterable<Quote>[]): Map<string, Quote> => {
  const newest = new Map<string, Quote>();
  for (const quotes of lists) {
    for (const quote of quotes)
      if (isNewerQuote(quote, newest.get(quote.symbol))) newest.set(quote.symbol, quote);
  }
  return newest;
};
