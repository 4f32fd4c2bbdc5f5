import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import type { Quote, QuoteDraft } from './quote.ts';
import type { QuoteFeed } from './quote-feed.ts';
import { QuotePacer } from './quote-pacer.ts';
import { nextPrice, startingPrice } from './random-walk.ts';

const LEASE_RENEWAL_MS = 500;

interface QuotePublisherOptions {
  readonly feed: QuoteFeed;
  readonly symbols: readonly string[];
  readonly quotesPerSecond: number;
  readonly logger: Logger;
  /** Each quote that was published goes to the log. */
  readonly logsQuotes: boolean;
}

/** Publishes a random walk of prices, round-robin over the symbols, for as long as this instance holds the lease. */
export class QuotePublisher {
  readonly #options: QuotePublisherOptions;
  readonly #stop = new AbortController();
  readonly #prices = new Map<string, number>();
  #pacer: QuotePacer | undefined;
  #leaseRenewalDueAtMs = 0;
  #nextSymbolIndex = 0;
  /** It has said so in the log. */
  #isPublishing = false;
  /** The store failed since it last took quotes. */
  #wasInterrupted = false;
  readonly #running: Promise<void>;

  constructor(options: QuotePublisherOptions) {
    this.#options = options;
    this.#running = options.quotesPerSecond === 0 ? Promise.resolve() : this.#run();
  }

  /** Ends publishing and hands the lease to the next instance. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
    // Failing to release is no loss: the lease expires by itself.
    if (this.#pacer !== undefined) await this.#options.feed.releaseLease().catch(() => undefined);
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      try {
        await this.#publishDue();
      } catch (error) {
        this.#interrupt(error);
      }
      const waitMs = this.#pacer?.waitMs(performance.now()) ?? LEASE_RENEWAL_MS;
      // The wait is cut short by `stop`, which rejects it.
      await sleep(Math.min(waitMs, LEASE_RENEWAL_MS), undefined, { signal: this.#stop.signal }).catch(
        () => undefined,
      );
    }
  }

  async #publishDue(): Promise<void> {
    if (performance.now() >= this.#leaseRenewalDueAtMs && !(await this.#renewLease())) return;
    const due = this.#pacer?.takeDue(performance.now()) ?? 0;
    if (due === 0) return;
    const published = await this.#options.feed.publish(Array.from({ length: due }, () => this.#nextDraft()));
    if (published === null) {
      this.#yieldLease();
      return;
    }
    this.#wasInterrupted = false;
    this.#announce();
    if (this.#options.logsQuotes) this.#log(published);
  }

  #announce(): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    this.#options.logger.info('publishing quotes');
  }

  #interrupt(error: unknown): void {
    if (this.#isPublishing) this.#options.logger.warn({ err: error }, 'publishing paused');
    if (this.#pacer !== undefined) this.#wasInterrupted = true;
    this.#yieldLease();
  }

  #log(quotes: readonly Quote[]): void {
    const entries = quotes.map(({ symbol, epoch, sequence, publishedAt }) => [
      symbol,
      epoch,
      sequence,
      publishedAt,
    ]);
    this.#options.logger.info({ quotes: entries }, 'published');
  }

  async #renewLease(): Promise<boolean> {
    if (!(await this.#options.feed.holdLease())) {
      this.#yieldLease();
      return false;
    }
    this.#leaseRenewalDueAtMs = performance.now() + LEASE_RENEWAL_MS;
    if (this.#pacer === undefined) await this.#takeOver();
    return true;
  }

  async #takeOver(): Promise<void> {
    for (const quote of await this.#options.feed.newestQuotes()) this.#prices.set(quote.symbol, quote.price);
    this.#pacer = new QuotePacer(this.#options.quotesPerSecond, performance.now());
    // A store that is full gives the lease and takes no quotes: it is no news before it has taken some.
    if (!this.#wasInterrupted) this.#announce();
  }

  #yieldLease(): void {
    this.#isPublishing = false;
    this.#pacer = undefined;
    this.#leaseRenewalDueAtMs = 0;
  }

  #nextDraft(): QuoteDraft {
    const { symbols } = this.#options;
    const symbol = symbols[this.#nextSymbolIndex % symbols.length] ?? '';
    this.#nextSymbolIndex += 1;
    const price = nextPrice(this.#prices.get(symbol) ?? startingPrice(symbol), Math.random());
    this.#prices.set(symbol, price);
    return { symbol, price, publishedAt: Date.now() };
  }
}
