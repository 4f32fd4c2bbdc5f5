import { stripVTControlCharacters } from 'node:util';

const replacement = '\u{FFFD}';

// Everything but tab and line feed that moves a cursor, hides text, or turns its direction.
const controlCharacters = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;

/** Text that may come from the server, made safe to print: no escape sequences, no control characters but tab and newline. */
export const printable = (text: string): string =>
  stripVTControlCharacters(text.replaceAll('\r\n', '\n')).replaceAll(controlCharacters, (character) =>
    character === '\t' || character === '\n' ? character : replacement,
  );

/** The same on one line. */
export const printableLine = (text: string): string =>
  printable(text)
    .replaceAll(/\s*\n\s*/gu, ' ')
    .trim();
