import type { EncodedQuote } from '../quotes/market-data.ts';

/** The little of a WebSocket that quotes are sent through. */
export interface QuoteSink {
  readonly bufferedAmount: number;
  send(message: Buffer, onFlushed: () => void): void;
}

interface QuoteOutletOptions {
  readonly sink: QuoteSink;
  readonly conflateBytes: number;
  readonly closeBytes: number;
  readonly onSent: () => void;
  readonly onConflationStarted: () => void;
  readonly onQuoteConflated: () => void;
  readonly onTooFarBehind: () => void;
}

/**
 * Sends quotes to one client without letting a slow one grow the server: past `conflateBytes` of unsent data only the newest
 * quote of each symbol is kept until the client has caught up, and past `closeBytes` that it is behind, it is given up.
 */
export class QuoteOutlet {
  readonly #options: QuoteOutletOptions;
  readonly #conflated = new Map<string, EncodedQuote>();
  #withheldBytes = 0;
  #isGivenUp = false;

  constructor(options: QuoteOutletOptions) {
    this.#options = options;
  }

  deliver(encoded: EncodedQuote): void {
    if (this.#isGivenUp) return;
    const { sink, conflateBytes, closeBytes } = this.#options;
    if (this.#conflated.size === 0 && sink.bufferedAmount <= conflateBytes) this.#send(encoded);
    else this.#withhold(encoded);
    if (sink.bufferedAmount + this.#withheldBytes > closeBytes) this.#giveUp();
  }

  #send(encoded: EncodedQuote): void {
    this.#options.sink.send(encoded.message, this.resume);
    this.#options.onSent();
  }

  #withhold(encoded: EncodedQuote): void {
    const { symbol } = encoded.quote;
    if (this.#conflated.size === 0) this.#options.onConflationStarted();
    if (this.#conflated.has(symbol)) this.#options.onQuoteConflated();
    this.#conflated.set(symbol, encoded);
    this.#withheldBytes += encoded.message.length;
  }

  /** To be called when anything sent to this client was flushed: unsent data starts conflation, so its flushing ends it. */
  readonly resume = (): void => {
    if (this.#conflated.size === 0 || this.#isGivenUp) return;
    if (this.#options.sink.bufferedAmount > this.#options.conflateBytes / 2) return;
    const waiting = [...this.#conflated.values()];
    this.#conflated.clear();
    this.#withheldBytes = 0;
    for (const encoded of waiting) this.#send(encoded);
  };

  #giveUp(): void {
    this.#isGivenUp = true;
    this.#conflated.clear();
    this.#options.onTooFarBehind();
  }
}
