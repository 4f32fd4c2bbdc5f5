import type { RawData, WebSocket } from 'ws';
import { burnCpu } from '../burn-cpu.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { EncodedQuote, MarketData, QuoteSubscriber } from '../quotes/market-data.ts';
import { isNewerQuote, type Quote } from '../quotes/quote.ts';
import type { ResolvedSettings } from '../settings/settings.ts';
import { readClientMessage, type BadMessageCode, type ClientMessage } from './client-message.ts';
import { closeCodes } from './close-codes.ts';
import { MessageAllowance } from './message-allowance.ts';
import { QuoteOutlet } from './quote-outlet.ts';
import { Subscription } from './subscription.ts';

/** The bad message after which a client is closed, if it sent no good one in between. */
const BAD_MESSAGES_IN_A_ROW = 5;

/** What every connection of a server shares. */
export interface ConnectionContext {
  readonly settings: ResolvedSettings;
  readonly knownSymbols: ReadonlySet<string>;
  readonly marketData: MarketData;
  readonly metrics: Metrics;
  readonly logger: Logger;
}

/** One open WebSocket: greets the client, sends it quotes, and answers what it says. */
export class ClientConnection implements QuoteSubscriber {
  readonly #id: string;
  readonly #socket: WebSocket;
  readonly #context: ConnectionContext;
  readonly #subscription: Subscription;
  readonly #outlet: QuoteOutlet;
  readonly #timers = new Set<NodeJS.Timeout>();
  /** What the snapshot already told, until something newer arrives. */
  readonly #told = new Map<string, Quote>();
  readonly #quotesDelayMs: number;
  readonly #allowance: MessageAllowance | undefined;
  #badMessagesInARow = 0;

  constructor(
    socket: WebSocket,
    context: ConnectionContext,
    { id, quotesDelayMs }: { readonly id: string; readonly quotesDelayMs: number },
  ) {
    this.#id = id;
    this.#quotesDelayMs = quotesDelayMs;
    this.#socket = socket;
    this.#context = context;
    this.#subscription = new Subscription(context.knownSymbols);
    this.#outlet = this.#createOutlet();
    const { maxMessagesPerSecond } = context.settings;
    if (maxMessagesPerSecond !== null) {
      this.#allowance = new MessageAllowance(maxMessagesPerSecond, performance.now());
      // A ping of the protocol is answered like any message, so it counts as one.
      socket.on('ping', () => this.#isWithinAllowance());
    }
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // ws has already chosen the close code (1009 too large, 1007 no UTF-8, 1002 protocol); without a listener it would throw.
    socket.on('error', (error) => context.logger.debug({ err: error, connection: id }, 'connection error'));
    socket.on('close', () => this.#end());
    const { dropConnectionsAfterMs } = context.settings.faults;
    if (dropConnectionsAfterMs > 0) this.#after(dropConnectionsAfterMs, () => socket.terminate());
  }

  /** Sends welcome and snapshot, and from then on quotes. */
  async greet(): Promise<void> {
    const { marketData, settings } = this.#context;
    const isSilent = settings.faults.withholdInitialMessages;
    if (!isSilent) this.#send('welcome', { connectionId: this.#id, serverTime: Date.now() });
    const newest = await marketData.newestQuotes();
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!isSilent) {
      for (const [symbol, quote] of newest) this.#told.set(symbol, quote);
      this.#send('snapshot', { quotes: [...newest.values()] });
    }
    marketData.subscribe(this);
  }

  deliver(encoded: EncodedQuote): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const { symbol } = encoded.quote;
    if (this.#told.size > 0) {
      if (!isNewerQuote(encoded.quote, this.#told.get(symbol))) return;
      this.#told.delete(symbol);
    }
    if (!this.#subscription.includes(symbol)) return;
    if (this.#quotesDelayMs === 0) this.#outlet.deliver(encoded);
    else this.#after(this.#quotesDelayMs, () => this.#outlet.deliver(encoded));
  }

  /** Asks the client to leave, and cuts the connection if it has not left after `graceMs`. */
  close(code: number, reason: string, graceMs: number): void {
    this.#socket.close(code, reason);
    this.#after(graceMs, () => this.#socket.terminate());
  }

  /** Says when to connect again, and asks the client to leave, because the server stops. */
  leave(reconnectAfterMs: number, graceMs: number): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#send('reconnect', { afterMs: reconnectAfterMs });
    this.close(closeCodes.restarting, 'server is restarting', graceMs);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  #createOutlet(): QuoteOutlet {
    const { metrics, settings } = this.#context;
    const socket = this.#socket;
    const quotesSent = metrics.messagesSent.labels('quote');
    return new QuoteOutlet({
      sink: {
        get bufferedAmount() {
          return socket.bufferedAmount;
        },
        send: (message, onFlushed) => socket.send(message, { binary: false }, onFlushed),
      },
      conflateBytes: settings.slowConsumerConflateBytes,
      closeBytes: settings.slowConsumerCloseBytes,
      onSent: () => quotesSent.inc(),
      onConflationStarted: () => metrics.slowConsumersConflated.inc(),
      onQuoteConflated: () => metrics.quotesConflated.inc(),
      onTooFarBehind: () => this.#closeSlowConsumer(),
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    const { metrics, settings, knownSymbols } = this.#context;
    // What arrives after the close was begun has no reader any more.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (!this.#isWithinAllowance()) return;
    burnCpu(settings.faults.burnCpuPerMessageMs);
    const reading = readClientMessage(data as Buffer, {
      isBinary,
      knownSymbols,
      maxMessageBytes: settings.maxMessageBytes,
    });
    if (reading.outcome === 'bad') {
      this.#refuse(reading.code, reading.explanation);
      return;
    }
    if (reading.message.type === 'subscribe' && !this.#maySubscribe(reading.message.symbols)) {
      this.#refuse(
        'too_many_subscriptions',
        `At most ${settings.maxSubscriptions} symbols may be subscribed to.`,
      );
      return;
    }
    metrics.messagesReceived.inc({ type: reading.message.type });
    this.#badMessagesInARow = 0;
    this.#answer(reading.message);
  }

  /** Asked before a message is read, because reading is what too many of them would cost. */
  #isWithinAllowance(): boolean {
    if (this.#allowance === undefined || this.#allowance.take(performance.now())) return true;
    if (this.#socket.readyState !== this.#socket.OPEN) return false;
    const { maxMessagesPerSecond } = this.#context.settings;
    this.#refuse('too_many_messages', `At most ${maxMessagesPerSecond} messages a second are read.`);
    return false;
  }

  #maySubscribe(symbols: readonly string[]): boolean {
    const { maxSubscriptions } = this.#context.settings;
    return maxSubscriptions === null || this.#subscription.countWith(symbols) <= maxSubscriptions;
  }

  #answer(message: ClientMessage): void {
    switch (message.type) {
      case 'ping':
        this.#send('pong', { id: message.id, sentAt: message.sentAt, serverTime: Date.now() });
        break;
      case 'subscribe':
        this.#subscription.add(message.symbols);
        this.#send('subscribed', { symbols: message.symbols });
        break;
      case 'unsubscribe':
        this.#subscription.remove(message.symbols);
        this.#send('unsubscribed', { symbols: message.symbols });
        break;
      default:
        message satisfies never;
    }
  }

  #refuse(code: BadMessageCode, message: string): void {
    this.#context.metrics.messagesReceived.inc({ type: 'bad' });
    this.#badMessagesInARow += 1;
    this.#send('error', { code, message });
    if (code === 'not_json') this.#socket.close(closeCodes.notJson, 'not JSON');
    else if (code === 'too_large') this.#socket.close(closeCodes.messageTooLarge, 'message too large');
    else if (this.#badMessagesInARow >= BAD_MESSAGES_IN_A_ROW) {
      this.#socket.close(closeCodes.repeatedErrors, 'too many bad messages');
    }
  }

  #send(type: string, fields: object): void {
    this.#socket.send(JSON.stringify({ type, ...fields }), this.#outlet.resume);
    this.#context.metrics.messagesSent.inc({ type });
    if (this.#socket.bufferedAmount > this.#context.settings.slowConsumerCloseBytes)
      this.#closeSlowConsumer();
  }

  #closeSlowConsumer(): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    this.#context.metrics.slowConsumersClosed.inc();
    this.#context.marketData.unsubscribe(this);
    this.close(closeCodes.tooSlow, 'too slow', this.#context.settings.slowConsumerCloseGraceMs);
  }

  #after(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  #end(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#context.marketData.unsubscribe(this);
  }
}
