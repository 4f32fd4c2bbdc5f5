import { expect, test } from 'vitest';
import { targetTokens } from './target-tokens.ts';

const signed = {
  tokenSource: {
    kind: 'signed',
    algorithm: 'HS256',
    secret: 'a secret of at least 32 bytes, as HS256 has it',
  },
} as const;

test('as many tokens are signed as connections can be open at once, each another one', () => {
  const tokens = targetTokens(signed, 50);
  expect(tokens).toHaveLength(50);
  expect(new Set(tokens).size).toBe(50);
  expect(targetTokens(signed, 0)).toHaveLength(1);
});

test('more than 20,000 are not signed', () => {
  expect(targetTokens(signed, 1_000_000)).toHaveLength(20_000);
});

test('given tokens are taken in turn, whatever their number', () => {
  const tokens = ['a', 'b', 'c'];
  expect(targetTokens({ tokenSource: { kind: 'given', tokens } }, 2)).toEqual(tokens);
  expect(targetTokens({ tokenSource: { kind: 'given', tokens: [] } }, 2)).toEqual([null]);
  expect(targetTokens({ tokenSource: { kind: 'none' } }, 100)).toEqual([null]);
});
