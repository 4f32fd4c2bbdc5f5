import { markup, type Markup } from './markup.ts';

/** One column of a table. */
export interface HtmlColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

type Cell = string | Markup;

/** A table that a narrow screen scrolls by itself, and a keyboard, too; the first column heads its row. */
export const htmlTable = (
  label: string,
  columns: readonly HtmlColumn[],
  rows: readonly (readonly Cell[])[],
): Markup => {
  const kind = (place: number): string => (columns[place]?.align === 'right' ? 'number' : 'text');
  const row = (cells: readonly Cell[]): Markup =>
    markup`<tr>${cells.map((cell, place) =>
      place === 0
        ? markup`<th scope="row" class="${kind(place)}">${cell}</th>`
        : markup`<td class="${kind(place)}">${cell}</td>`,
    )}</tr>\n`;
  return markup`<div class="table" tabindex="0" role="region" aria-label="${label}"><table>
<thead><tr>${columns.map(({ title }, place) => markup`<th scope="col" class="${kind(place)}">${title}</th>`)}</tr></thead>
<tbody>
${rows.map(row)}</tbody>
</table></div>`;
};
