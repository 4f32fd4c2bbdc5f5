import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryRecord } from './history-record.ts';
import { listLocalRecords } from './local-records.ts';
import { maximumRecordBytes, parseHistoryRecord } from './parse-history-record.ts';

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

/** As many as keep the disk busy; more would only hold more files open. */
const filesAtOnce = 32;

const readBounded = async (file: string): Promise<string | null> => {
  await using handle = await open(file);
  const { size } = await handle.stat();
  return size > maximumRecordBytes ? null : await handle.readFile('utf8');
};

const inOrder = (a: HistoryRecord, b: HistoryRecord): number =>
  a.commit.committedAt.localeCompare(b.commit.committedAt, 'en') ||
  a.startedAt.localeCompare(b.startedAt, 'en');

/** Reads some records of a folder, many at once; a damaged one is named and skipped. */
export const readRecords = async (directory: string, paths: readonly string[]): Promise<History> => {
  const records: HistoryRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  const readOne = async (path: string): Promise<void> => {
    try {
      const content = await readBounded(join(directory, path));
      const parsed =
        content === null
          ? ({ outcome: 'unreadable', reason: 'it is larger than 1 MiB' } as const)
          : parseHistoryRecord(content, path);
      if (parsed.outcome === 'read') records.push(parsed.record);
      else unreadable.push({ path, reason: parsed.reason });
    } catch (error) {
      unreadable.push({ path, reason: error instanceof Error ? error.message : String(error) });
    }
  };
  const remaining = paths.values();
  const worker = async (): Promise<void> => {
    for (const path of remaining) await readOne(path);
  };
  await Promise.all(Array.from({ length: filesAtOnce }, worker));
  return {
    records: records.toSorted(inOrder),
    unreadable: unreadable.toSorted((a, b) => a.path.localeCompare(b.path, 'en')),
  };
};

/** Reads the whole history that lies in a folder. */
export const readHistory = async (directory: string): Promise<History> =>
  readRecords(directory, await listLocalRecords(directory));
