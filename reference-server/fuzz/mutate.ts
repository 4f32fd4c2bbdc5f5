import type { DrawBelow } from './make-random.ts';

/** What parsers trip over: ends of lines and of texts, limits of numbers, and what means something to this server. */
const dictionary = [
  '\r\n',
  '\n',
  '\r\n\r\n',
  '\0',
  '\x7f',
  '\xff',
  '\xed\xa0\x80',
  ' ',
  '\t',
  ',',
  ';',
  ':',
  '%',
  '%00',
  '{',
  '}',
  '[',
  ']',

  '"',
  '\\',
  '\\u0000',
  '-1',
  '0',
  '65536',
  '2147483648',
  '9007199254740993',
  '1e309',
  'NaN',
  'null',
  'true',

  'Upgrade',
  'websocket',
  'Content-Length: 1\r\n',
  'Transfer-Encoding: chunked\r\n',
  'bearer',
  '{token}',
  '__proto__',

  '\x81',
  '\x88',
  '\x89',
  '\xfe',
  '\xff\xff\xff\xff\xff\xff\xff\xff',
  'x'.repeat(300),
  'x'.repeat(20_000),
];

type Mutation = (text: string, draw: DrawBelow, other: string) => string;

const slice = (text: string, draw: DrawBelow): readonly [number, number] => {
  const from = draw(text.length + 1);
  return [from, Math.min(text.length, from + 1 + draw(16))];
};

const insertAt = (text: string, at: number, what: string): string =>
  text.slice(0, at) + what + text.slice(at);

const mutations: readonly Mutation[] = [
  // One bit.
  (text, draw) => {
    const at = draw(text.length);
    const flipped = (text.charCodeAt(at) || 0) ^ (1 << draw(8));
    return text.slice(0, at) + String.fromCharCode(flipped & 0xff) + text.slice(at + 1);
  },
  (text, draw) => insertAt(text, draw(text.length + 1), String.fromCharCode(draw(256))),
  (text, draw) => insertAt(text, draw(text.length + 1), dictionary[draw(dictionary.length)] ?? ''),
  (text, draw) => {
    const [from, to] = slice(text, draw);
    return text.slice(0, from) + text.slice(to);
  },
  (text, draw) => {
    const [from, to] = slice(text, draw);
    return insertAt(text, to, text.slice(from, to).repeat(1 + draw(4)));
  },
  // Cut short, and the beginning of one with the end of another.
  (text, draw) => text.slice(0, draw(text.length + 1)),
  (text, draw, other) => text.slice(0, draw(text.length + 1)) + other.slice(draw(other.length + 1)),
];

/** A text with one to four changes; `other` is what may be spliced into it. */
export const mutate = (text: string, other: string, draw: DrawBelow): string => {
  let mutated = text;
  for (let left = 1 + draw(4); left > 0; left -= 1)
    mutated = mutations[draw(mutations.length)]?.(mutated, draw, other) ?? mutated;
  return mutated;
};
