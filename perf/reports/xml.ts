import { printable } from './printable.ts';

/** One element: its name, its attributes and what is in it; an attribute that is null is left out. */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number | null>>;
  readonly content?: readonly XmlElement[] | string;
}

// XML 1.0, Char: these may not even be written as references.
const notInXml = /[\uFFFE\uFFFF]/gu;

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

const escapeText = (text: string): string =>
  printable(text)
    .replaceAll(notInXml, '\u{FFFD}')
    .replaceAll(/[&<>]/gu, (character) => references[character] ?? '');

// In an attribute a line break would be read as a space.
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll(/["\n\t]/gu, (character) => references[character] ?? '');

const lines = ({ name, attributes = {}, content = [] }: XmlElement, indent: string): readonly string[] => {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null ? [] : [` ${key}="${escapeAttribute(String(value))}"`],
  );
  const start = `${indent}<${name}${written.join('')}`;
  if (content.length === 0) return [`${start}/>`];
  if (typeof content === 'string') return [`${start}>${escapeText(content)}</${name}>`];
  return [`${start}>`, ...content.flatMap((inner) => lines(inner, `${indent}  `)), `${indent}</${name}>`];
};

/** An XML document of this element; whatever it holds is shown literally. */
export const xmlDocument = (root: XmlElement): string =>
  `${['<?xml version="1.0" encoding="UTF-8"?>', ...lines(root, '')].join('\n')}\n`;
