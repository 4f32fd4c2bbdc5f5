import { expect, test } from 'vitest';
import { escapeMarkdown } from './markdown.ts';

/** As GitHub looks for mentions and references: in the text that is left once Markdown has been read. */
const readBy = (markdown: string): string =>
  markdown
    .replaceAll(/\\(?<sign>[^\w\s])/gu, '$<sign>')
    .replaceAll(/&#(?<code>\d+);/gu, (_all, code: string) => String.fromCodePoint(Number(code)));

test.each([
  'ask @octocat, or @org/team',
  'see #12, owner/repository#34 and GH-56',
  'www.evil.example',
  'https://evil.example/a',
])('%s mentions nobody and links nothing', (text) => {
  const markdown = escapeMarkdown(text);
  const shown = readBy(markdown);
  expect(shown).not.toMatch(/@\w|#\d|GH-\d|\bwww\./iu);
  expect(markdown).not.toContain('://');
  expect(shown.replaceAll('\u200B', '')).toBe(text);
});
