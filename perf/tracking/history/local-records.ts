import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isRecordPath } from './record-path.ts';

/** Where a project's records lie, beside its runs. */
export const historyDirectory = (root: string): string => join(root, '.perf', 'history');

/** The paths of all records in the folder, sorted; none when there is no folder. */
export const listLocalRecords = async (directory: string): Promise<readonly string[]> => {
  const entries = await readdir(join(directory, 'runs'), { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter(isRecordPath)
    .toSorted();
};

/** Writes a record, whole or not at all; false when there is one at that path already, which is left as it is. */
export const writeLocalRecord = (directory: string, path: string, content: string | Buffer): boolean => {
  const file = join(directory, path);
  if (existsSync(file)) return false;
  mkdirSync(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`;
  try {
    writeFileSync(part, content, { flag: 'wx' });
    renameSync(part, file);
    return true;
  } finally {
    rmSync(part, { force: true });
  }
};

/** Takes a record out of the folder. */
export const removeLocalRecord = (directory: string, path: string): void => {
  rmSync(join(directory, path), { force: true });
};
