/** One column of a table in plain text. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longer cells are cut; by default as wide as the longest cell. */
  readonly maximumWidth?: number;
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

/** Rows of text under their columns' titles, two spaces apart. Cells hold plain text without colours. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] => {
  const widths = columns.map(({ title, maximumWidth }, index) =>
    Math.min(
      maximumWidth ?? Number.POSITIVE_INFINITY,
      Math.max(title.length, ...rows.map((row) => (row[index] ?? '').length)),
    ),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => {
        const width = widths[index] ?? 0;
        const cell = cut(cells[index] ?? '', width);
        return align === 'left' ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...rows.map(line)];
};
