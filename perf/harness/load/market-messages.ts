import type { SequencedQuote } from '../metrics/sequence-tracker.ts';
import { plainPongId } from './ping-message.ts';

/** A quote as far as a client looks into it. */
export interface MarketQuote extends SequencedQuote {
  readonly symbol: string;
  /** The same on every connection that the quote reaches, and of no other quote. */
  readonly id: string;
  /** On the publisher's clock; null where the message does not say. */
  readonly publishedAtEpochMs: number | null;
}

/** The reference server's messages, as far as a client looks into them. */
export type MarketMessage =
  | { readonly type: 'welcome' }
  | { readonly type: 'quote'; readonly quote: MarketQuote }
  | { readonly type: 'snapshot'; readonly quotes: readonly MarketQuote[] }
  | { readonly type: 'pong'; readonly id: number }
  | { readonly type: 'subscribed' }
  /** The server is about to end the connection. */
  | { readonly type: 'reconnect'; readonly afterMs: number }
  | { readonly type: 'other' };

const other: MarketMessage = { type: 'other' };
const welcome: MarketMessage = { type: 'welcome' };
const subscribed: MarketMessage = { type: 'subscribed' };

const readQuote = (value: unknown): MarketQuote | null => {
  if (typeof value !== 'object' || value === null) return null;
  const { symbol, sequence, epoch, publishedAt } = value as Record<string, unknown>;
  // Of JSON's numbers, 1e999 is infinite and 0.5 comes after nothing.
  if (typeof symbol !== 'string' || !Number.isSafeInteger(sequence)) return null;
  // `String` of an object may throw, as that object says.
  if (typeof epoch === 'object' && epoch !== null) return null;
  const series = JSON.stringify([symbol, String(epoch)]);
  return {
    symbol,
    series,
    sequence: sequence as number,
    id: `${series}${String(sequence)}`,
    publishedAtEpochMs: Number.isFinite(publishedAt) ? (publishedAt as number) : null,
  };
};

const parse = (data: Buffer): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(data.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

/** Reads a message; whatever is not one of the reference server's is `other`. */
export const readMarketMessage = (data: Buffer): MarketMessage => {
  const pongId = plainPongId(data);
  if (pongId !== null) return { type: 'pong', id: pongId };
  const message = parse(data);
  switch (message?.['type']) {
    case 'welcome':
      return welcome;
    case 'subscribed':
      return subscribed;
    case 'quote': {
      const quote = readQuote(message);
      return quote === null ? other : { type: 'quote', quote };
    }
    case 'snapshot': {
      const { quotes } = message;
      if (!Array.isArray(quotes)) return other;
      return { type: 'snapshot', quotes: quotes.map(readQuote).filter((quote) => quote !== null) };
    }
    case 'reconnect': {
      const { afterMs } = message;
      return typeof afterMs === 'number' && afterMs >= 0 ? { type: 'reconnect', afterMs } : other;
    }
    case 'pong':
      return typeof message['id'] === 'number' ? { type: 'pong', id: message['id'] } : other;
    default:
      return other;
  }
};
