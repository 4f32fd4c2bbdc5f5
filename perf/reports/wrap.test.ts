import { expect, test } from 'vitest';
import { wrap } from './wrap.ts';

test.each([
  ['short', ['short']],
  ['  aaa bbb ccc', ['  aaa bbb', '-ccc']],
  ['unbreakable-word', ['unbreakable-word']],
  ['', ['']],
])('%j at ten columns', (text, lines) => {
  expect(wrap(text, 10, '-')).toEqual(lines);
});
