import { assert, integer, property, string, stringMatching } from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from './cut-text.ts';

test.for([
  ['short', 5, 'short'],
  ['one two three', 8, 'one two…'],
  ['one two three', 9, 'one two…'],
  ['{"token":"abcdef","x":1}', 14, '{"token":"…'],
  ['abcdefgh', 5, '…'],
] as const)('%s, cut to %i characters, is %s', ([text, longest, cut]) => {
  expect(cutText(text, longest)).toBe(cut);
});

test('no part of a secret stays that was cut, wherever it stands', () => {
  const secret = stringMatching(/^[\w.~+/=-]{8,60}$/u);
  const around = string({ maxLength: 120 });
  assert(
    property(around, secret, around, integer({ min: 1, max: 200 }), (before, kept, after, longest) => {
      const cut = cutText(`${before} ${kept} ${after}`, longest);
      expect(cut.length).toBeLessThanOrEqual(Math.max(longest, 1));
      const rest = cut.slice(before.length + 1, -1);
      if (cut.endsWith('…') && !cut.includes(kept)) expect(kept.startsWith(rest) && rest !== '').toBe(false);
    }),
  );
});
