import { expect, it } from 'vitest';
import { encodeQuote, type EncodedQuote } from '../quotes/market-data.ts';
import { QuoteOutlet } from './quote-outlet.ts';

const quote = (symbol: string, sequence: number): EncodedQuote => {
  const value = { symbol, sequence, price: 1, publishedAt: 0, epoch: 1 };
  return { quote: value, message: encodeQuote(value) };
};

const messageBytes = quote('A', 1).message.length;

/** A sink whose client reads only when told to. */
const createOutlet = (limits: { readonly conflateBytes: number; readonly closeBytes: number }) => {
  const sent: string[] = [];
  const flushed: (() => void)[] = [];
  const events: string[] = [];
  const sink = {
    bufferedAmount: 0,
    send: (message: Buffer, onFlushed: () => void) => {
      const { symbol, sequence } = JSON.parse(message.toString()) as { symbol: string; sequence: number };
      sent.push(`${symbol}${sequence}`);
      sink.bufferedAmount += message.length;
      flushed.push(onFlushed);
    },
  };
  const outlet = new QuoteOutlet({
    sink,
    ...limits,
    onSent: () => undefined,
    onConflationStarted: () => events.push('conflation'),
    onQuoteConflated: () => events.push('conflated'),
    onTooFarBehind: () => events.push('given up'),
  });
  const read = (): void => {
    sink.bufferedAmount = 0;
    for (const onFlushed of flushed.splice(0)) onFlushed();
  };
  return { outlet, sent, events, read };
};

it('keeps only the newest quote of each symbol past the first limit, and sends it after the client has read', () => {
  const { outlet, sent, events, read } = createOutlet({
    conflateBytes: messageBytes,
    closeBytes: 100 * messageBytes,
  });
  for (const sequence of [1, 2, 3, 4]) outlet.deliver(quote('A', sequence));
  outlet.deliver(quote('B', 1));
  expect(sent).toEqual(['A1', 'A2']);
  expect(events).toEqual(['conflation', 'conflated']);
  read();
  expect(sent).toEqual(['A1', 'A2', 'A4', 'B1']);
  read();
  outlet.deliver(quote('A', 5));
  expect(sent).toEqual(['A1', 'A2', 'A4', 'B1', 'A5']);
});

it('gives the client up past the second limit, once, and sends nothing after that', () => {
  const { outlet, sent, events, read } = createOutlet({
    conflateBytes: messageBytes,
    closeBytes: 4 * messageBytes,
  });
  for (const sequence of [1, 2, 3, 4]) outlet.deliver(quote('A', sequence));
  expect(events).not.toContain('given up');
  for (const sequence of [5, 6]) outlet.deliver(quote('A', sequence));
  read();
  expect(events.filter((event) => event === 'given up')).toHaveLength(1);
  expect(sent).toEqual(['A1', 'A2']);
});
