import { printable, printableLine } from './printable.ts';

/** Nothing that can be seen. GitHub looks for mentions and references in the text that Markdown has become, where escapes are gone. */
const nothing = '&#8203;';

/** Text as Markdown shows it literally: no markup, no HTML, no links, no mentions. */
export const escapeMarkdown = (text: string): string =>
  printableLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_{}[\]()#|~!]/gu, (sign) => (sign === '#' ? `\\#${nothing}` : `\\${sign}`))
    .replaceAll('@', `&#64;${nothing}`)
    .replaceAll(/\bwww(?=\.)|\bGH(?=-\d)/giu, `$&${nothing}`)
    .replaceAll('://', ':&#47;&#47;')
    // At its beginning these would make a list, or a line across.
    .replace(/^[-+](?=[-\s]|$)/u, '\\$&')
    .replace(/^(?<number>\d{1,9})(?=[.)](?:\s|$))/u, '$<number>\\');

/** One row of a Markdown table; the cells are escaped already. */
export const markdownRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A block of code that no fence inside the text can end. */
export const codeBlock = (text: string): readonly string[] => {
  const lines = printable(text);
  const longestFence = Math.max(2, ...(lines.match(/`+/gu) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longestFence + 1);
  return [`${fence}text`, lines, fence];
};
