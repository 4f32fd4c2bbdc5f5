import { printableLine } from '../printable.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A text as it stands between tags or in a quoted attribute, whoever wrote it. */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/gu, (character) => entities[character] ?? character);

/** A value as JSON inside a `<script>`: no text in it can end the element, each is shortened and free of control characters. */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? printableLine(part) : part,
  ).replaceAll('<', String.raw`\u003C`);
