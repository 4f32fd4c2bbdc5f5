import { printableLine } from '../printable.ts';
import { table, type Column } from '../table.ts';
import type { HistoryRow } from './history-rows.ts';

const columns: readonly Column[] = [
  { title: 'Date (UTC)', align: 'left' },
  { title: 'Commit', align: 'left' },
  { title: 'Scenario / metric', align: 'left', maximumWidth: 48 },
  { title: 'Value', align: 'right', maximumWidth: 32 },
  { title: 'Verdict', align: 'left', maximumWidth: 40 },
];

/** Figures of the history as a table; a `+` behind a commit says that the work tree had changes. */
export const historyTable = (rows: readonly HistoryRow[]): readonly string[] =>
  table(
    columns,
    rows.map(({ startedAt, sha, subject, value, verdict }) =>
      [startedAt.slice(0, 16).replace('T', ' '), sha, subject, value, verdict].map(printableLine),
    ),
  );
