/** One column of a table in plain text. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** Longer cells are cut; by default as wide as the longest cell. */
  readonly maximumWidth?: number;
  /** Left out where the table is too wide, the highest number first; by default it stays. */
  readonly leaveOut?: number;
}

const cut = (text: string, width: number): string =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;

const wholeTable = (columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] => {
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

/** Rows of text under their columns' titles, two spaces apart. Cells hold plain text without colours. */
export const table = (
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width = Number.POSITIVE_INFINITY,
): readonly string[] => {
  const lines = wholeTable(columns, rows);
  if (lines.every(({ length }) => length <= width)) return lines;
  const ranks = columns.map(({ leaveOut = 0 }) => leaveOut);
  const highest = Math.max(...ranks);
  if (highest === 0) return lines;
  const dropped = ranks.lastIndexOf(highest);
  return table(
    columns.toSpliced(dropped, 1),
    rows.map((row) => row.toSpliced(dropped, 1)),
    width,
  );
};
