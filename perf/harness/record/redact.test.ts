import { expect, test } from 'vitest';
import { redactSecrets } from './redact.ts';

const token = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl';

test.each([
  ['a known secret', 'it was s3cret/1 here', 'it was [token] here'],
  ['a known secret as a query has it', 'x=s3cret%2F1', 'x=[token]'],
  ['anything that looks like a JSON Web Token', `Bearer ${token}.`, 'Bearer [token].'],
  ['the token of a query', 'ws://host/ws?token=abc&x=1', 'ws://host/ws?token=[token]&x=1'],
])('%s is taken out', (_what, text, redacted) => {
  expect(redactSecrets(['s3cret/1', ''])(text)).toBe(redacted);
});

test('what is too short to be a secret is left', () => {
  expect(redactSecrets(['a1'])('a1 and more')).toBe('a1 and more');
});

test('a secret that begins with another one is taken out whole', () => {
  expect(redactSecrets(['abcd', 'abcdef'])('abcdef')).toBe('[token]');
});
