import { everyNth } from '../faults.ts';
import type { Logger } from '../log.ts';
import { isNewerQuote, newestPerSymbol, type Quote } from './quote.ts';
import type { QuoteFeed } from './quote-feed.ts';

/** A quote and its one encoding, which is sent to every client. */
export interface EncodedQuote {
  readonly quote: Quote;
  readonly message: Buffer;
}

/** Someone who is told of every quote. */
export interface QuoteSubscriber {
  deliver(encoded: EncodedQuote): void;
}

/** Encodes a quote as the message that clients receive. */
export const encodeQuote = ({
  symbol,
  price,
  sequence,
  publishedAt,
  epoch,
}: Quote): EncodedQuote['message'] =>
  Buffer.from(JSON.stringify({ type: 'quote', symbol, price, sequence, publishedAt, epoch }));

/** The message with spaces at its end, which JSON allows, so that it has at least so many bytes. */
const padded = (message: Buffer, bytes: number): Buffer => {
  if (message.length >= bytes) return message;
  const whole = Buffer.alloc(bytes, ' ');
  message.copy(whole);
  return whole;
};

/** Hands each published quote, encoded once, to the subscribers of this instance, and remembers the newest of each symbol. */
export class MarketData {
  readonly #feed: QuoteFeed;
  readonly #logger: Logger;
  readonly #isSkipped: () => boolean;
  readonly #quoteBytes: number;
  readonly #subscribers = new Set<QuoteSubscriber>();
  #newest = new Map<string, Quote>();

  constructor(options: {
    readonly feed: QuoteFeed;
    readonly logger: Logger;
    readonly skipEveryNthQuote: number;
    readonly quoteBytes: number;
  }) {
    this.#feed = options.feed;
    this.#logger = options.logger;
    this.#isSkipped = everyNth(options.skipEveryNthQuote);
    this.#quoteBytes = options.quoteBytes;
  }

  /** Starts to hear of quotes, and learns what was published before. */
  async start(): Promise<void> {
    await this.#feed.listen((quotes) => {
      for (const quote of quotes) this.#accept(quote);
    });
    this.#newest = newestPerSymbol(await this.#storedQuotes(), this.#newest.values());
  }

  /**
   * The newest quotes as the store has them, or as this instance last heard of them if the store does not answer.
   * Whoever subscribes in the same turn of the event loop misses no later quote, but may be given one that is no newer.
   */
  async newestQuotes(): Promise<ReadonlyMap<string, Quote>> {
    const stored = await this.#storedQuotes();
    // What was heard while the store was being read may be newer than what it answered.
    return newestPerSymbol(stored, this.#newest.values());
  }

  subscribe(subscriber: QuoteSubscriber): void {
    this.#subscribers.add(subscriber);
  }

  unsubscribe(subscriber: QuoteSubscriber): void {
    this.#subscribers.delete(subscriber);
  }

  async #storedQuotes(): Promise<readonly Quote[]> {
    try {
      return await this.#feed.newestQuotes();
    } catch (error) {
      this.#logger.debug(
        { err: error },
        'newest quotes come from this instance, because the store does not answer',
      );
      return [];
    }
  }

  #accept(quote: Quote): void {
    if (!isNewerQuote(quote, this.#newest.get(quote.symbol))) return;
    this.#newest.set(quote.symbol, quote);
    if (this.#isSkipped()) return;
    const encoded: EncodedQuote = { quote, message: padded(encodeQuote(quote), this.#quoteBytes) };
    for (const subscriber of this.#subscribers) subscriber.deliver(encoded);
  }
}
