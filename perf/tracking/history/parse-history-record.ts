import type { z } from 'zod';
import { historyRecordSchema, historyRecordVersion, type HistoryRecord } from './history-record.ts';
import { migrations as knownMigrations, type Migration } from './migrations.ts';
import { recordPath } from './record-path.ts';

/** A record is a few kilobytes; what is larger than this is none. */
export const maximumRecordBytes = 1_048_576;

/** A record, or why the file holds none that this version can read. */
export type ParsedRecord =
  | { readonly outcome: 'read'; readonly record: HistoryRecord }
  | { readonly outcome: 'unreadable'; readonly reason: string };

const unreadable = (reason: string): ParsedRecord => ({ outcome: 'unreadable', reason });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstProblem = (error: z.ZodError): string => {
  const [issue] = error.issues;
  if (issue === undefined) return 'it has another layout';
  const place = issue.path.map(String).join('.');
  return `${place === '' ? 'the record' : `"${place}"`}: ${issue.message}`;
};

/** Brings a record of an older version up to this one, step by step. */
const migrate = (
  value: Readonly<Record<string, unknown>>,
  table: ReadonlyMap<number, Migration>,
): Readonly<Record<string, unknown>> | string => {
  let record = value;
  for (;;) {
    const { version } = record;
    if (version === historyRecordVersion) return record;
    if (typeof version !== 'number' || !Number.isInteger(version)) return 'it has no schema version';
    if (version > historyRecordVersion)
      return `schema version ${String(version)} is newer than this release knows (${String(historyRecordVersion)}); update ws-perf-gate`;
    const migration = table.get(version);
    if (migration === undefined) return `no way is known from schema version ${String(version)} to this one`;
    const next = migration(record);
    if (typeof next['version'] !== 'number' || next['version'] <= version)
      return `the migration from schema version ${String(version)} leads nowhere`;
    record = next;
  }
};

/**
 * Reads the text of one file of the history. Such files come from a branch that others write to, so a damaged one is
 * an answer, never an exception.
 */
export const parseHistoryRecord = (
  content: string,
  path: string,
  table: ReadonlyMap<number, Migration> = knownMigrations,
): ParsedRecord => {
  if (content.length > maximumRecordBytes) return unreadable('it is larger than 1 MiB');
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    return unreadable(content.trim() === '' ? 'it is empty' : 'it is no JSON, or cut off');
  }
  if (!isObject(value) || value['schema'] !== 'ws-perf-gate/history')
    return unreadable('it is no record of ws-perf-gate');
  let migrated: ReturnType<typeof migrate>;
  try {
    migrated = migrate(value, table);
  } catch {
    return unreadable(`its schema version ${String(value['version'])} could not be migrated: it is damaged`);
  }
  if (typeof migrated === 'string') return unreadable(migrated);
  const parsed = historyRecordSchema.safeParse(migrated);
  if (!parsed.success) return unreadable(firstProblem(parsed.error));
  if (recordPath(parsed.data) !== path)
    return unreadable(`its content belongs to ${recordPath(parsed.data)}`);
  return { outcome: 'read', record: parsed.data };
};
