import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { HarnessError } from '../harness-error.ts';

/** What a generator keeps open beside its connections. */
const reservedFiles = 100;

/** How many files a process started from here may have open (the soft limit); Infinity where there is none. */
export const openFileLimit = async (): Promise<number> => {
  try {
    const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n']);
    const limit = Number(stdout.trim());
    return Number.isFinite(limit) ? limit : Number.POSITIVE_INFINITY;
  } catch {
    // No shell, as on Windows: no such limit there either.
    return Number.POSITIVE_INFINITY;
  }
};

/** The sentence that says why `connections` are too many for this machine, or null when they are not. */
export const describeOpenFileShortage = (connections: number, limit: number): string | null => {
  const needed = connections + reservedFiles;
  if (needed <= limit) return null;
  return (
    `${String(connections)} connections need ${String(needed)} open files, but a process may have ${String(limit)} here. ` +
    `Raise the limit with "ulimit -n ${String(needed)}" in this shell, or ask for at most ${String(limit - reservedFiles)} connections.`
  );
};

/** @throws HarnessError LOCAL_LIMIT when this machine can not hold so many connections; checked before the first dial. */
export const assertOpenFiles = async (connections: number): Promise<void> => {
  const shortage = describeOpenFileShortage(connections, await openFileLimit());
  if (shortage !== null) throw new HarnessError('LOCAL_LIMIT', shortage);
};
