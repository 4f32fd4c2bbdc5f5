import { printable, printableLine } from './printable.ts';

/** Text as Markdown shows it literally: no markup, no HTML, no links, no mentions. */
export const escapeMarkdown = (text: string): string =>
  printableLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#|~!]/gu, (character) => `\\${character}`)
    .replaceAll('@', '&#64;')
    .replaceAll('://', ':&#47;&#47;');

/** One row of a Markdown table; the cells are escaped already. */
export const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A block of code that no fence inside the text can end. */
export const codeBlock = (text: string): readonly string[] => {
  const lines = printable(text);
  const longestFence = Math.max(2, ...(lines.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longestFence + 1);
  return [`${fence}text`, lines, fence];
};
