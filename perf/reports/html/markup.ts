import { printableLine } from '../printable.ts';
import { escapeHtml } from './escape-html.ts';

/** Whoever wrote a text, no more of it than this many characters stands in a page. */
const longestText = 2_000;

/** HTML that is safe to stand in a page: made by `markup` alone, so that a text can not be taken for it. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Insertable = string | number | Markup | null | readonly Insertable[];

const insert = (value: Insertable): string => {
  if (value === null) return '';
  if (value instanceof Markup) return value.html;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return value.map(insert).join('');
  // Cut first: a megabyte from a server is not worth cleaning.
  const text = printableLine(value.slice(0, longestText + 1));
  return escapeHtml(text.length > longestText ? `${text.slice(0, longestText)}…` : text);
};

/** A template of HTML: every text put into it is escaped, shortened, and freed of control characters; null is nothing. */
export const markup = (strings: TemplateStringsArray, ...values: readonly Insertable[]): Markup =>
  new Markup(strings.map((part, place) => part + insert(values[place] ?? null)).join(''));
