import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryRecord } from './history-record.ts';
import { listLocalRecords } from './local-records.ts';
import { maximumRecordBytes, parseHistoryRecord, type ParsedRecord } from './parse-history-record.ts';

/** A file that holds no record that can be read, and why. */
export interface UnreadableRecord {
  readonly path: string;
  readonly reason: string;
}

/** All that a folder holds. */
export interface History {
  /** Oldest commit first, and of one commit the oldest run first. */
  readonly records: readonly HistoryRecord[];
  readonly unreadable: readonly UnreadableRecord[];
}

const inOrder = (a: HistoryRecord, b: HistoryRecord): number =>
  a.commit.committedAt.localeCompare(b.commit.committedAt, 'en') ||
  a.startedAt.localeCompare(b.startedAt, 'en');

const readOne = (file: string, path: string): ParsedRecord => {
  try {
    if (statSync(file).size > maximumRecordBytes)
      return { outcome: 'unreadable', reason: 'it is larger than 1 MiB' };
    return parseHistoryRecord(readFileSync(file, 'utf8'), path);
  } catch (error) {
    return { outcome: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
};

/**
 * Reads some records of a folder; a damaged one is named and skipped. One after another on purpose: for small files that
 * takes a third of the processor time that reading many at once does.
 */
export const readRecords = (directory: string, paths: readonly string[]): History => {
  const records: HistoryRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  for (const path of paths) {
    const parsed = readOne(join(directory, path), path);
    if (parsed.outcome === 'read') records.push(parsed.record);
    else unreadable.push({ path, reason: parsed.reason });
  }
  return { records: records.toSorted(inOrder), unreadable };
};

/** Reads the whole history that lies in a folder. */
export const readHistory = async (directory: string): Promise<History> =>
  readRecords(directory, await listLocalRecords(directory));
