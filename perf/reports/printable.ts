import { stripVTControlCharacters } from 'node:util';

const replacement = '\u{FFFD}';

/** Longer texts are cut, in characters: a server may say a megabyte, and nobody reads it. */
export const longestText = 20_000;
const longestLine = 2_000;

// Everything but tab and line feed that moves a cursor, hides text, or turns its direction.
const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
// GitHub's runner obeys lines of a log that begin with `::command::`, and `##[command]` anywhere in a line.
const workflowCommand = /(?<before>^|\s)::(?=[\w-]+(?: [^\n]*?)?::)/gu;

const cut = (text: string, longest: number): string => {
  if (text.length <= longest) return text;
  // Not between the halves of a surrogate pair.
  return `${text.slice(0, longest).replace(/[\uD800-\uDBFF]$/u, '')}… [cut]`;
};

const clean = (text: string): string =>
  stripVTControlCharacters(text.replaceAll('\r\n', '\n'))
    .replaceAll(controlCharacters, (character) =>
      character === '\t' || character === '\n' ? character : replacement,
    )
    .replaceAll(workflowCommand, '$<before>: :')
    .replaceAll('##[', '## [')
    .toWellFormed();

/**
 * Text that may come from the server, made safe to print: no escape sequences, no control characters but tab and
 * newline, no commands to GitHub's runner, and an end.
 */
export const printable = (text: string): string => clean(cut(text, longestText));

/** The same on one line. */
export const printableLine = (text: string): string =>
  cut(
    clean(text.slice(0, longestText))
      .replaceAll(/\s*\n\s*/gu, ' ')
      .trim(),
    longestLine,
  );
