import { expect, it } from 'vitest';
import { isNewerQuote, newestPerSymbol, type Quote } from './quote.ts';

const quote = (epoch: number, sequence: number, symbol = 'A'): Quote => ({
  symbol,
  epoch,
  sequence,
  price: 1,
  publishedAt: 0,
});

it.each([
  ['a higher sequence', quote(1, 2), quote(1, 1), true],
  ['the same quote', quote(1, 1), quote(1, 1), false],
  ['a lower sequence', quote(1, 1), quote(1, 2), false],
  ['a later epoch', quote(2, 1), quote(1, 9), true],
  ['an earlier epoch', quote(1, 9), quote(2, 1), false],
  ['anything after nothing', quote(1, 1), undefined, true],
])('of two quotes, %s: newer is %s', (_title, candidate, known, expected) => {
  expect(isNewerQuote(candidate, known)).toBe(expected);
});

it('the newest quote of each symbol wins, whichever list it is in', () => {
  const newest = newestPerSymbol([quote(1, 5, 'A'), quote(1, 1, 'B')], [quote(1, 4, 'A'), quote(1, 2, 'B')]);
  expect([...newest.values()].map(({ symbol, sequence }) => symbol + String(sequence))).toEqual(['A5', 'B2']);
});
