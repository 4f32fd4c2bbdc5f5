import { readdirSync, readFileSync } from 'node:fs';

/** A process that has the mark. */
export interface MarkedProcess {
  readonly pid: number;
  readonly commandLine: string;
}

const read = (pid: string, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    // It is gone, or belongs to someone else.
    return '';
  }
};

/** The processes that have a variable with this value in the environment that they were started with (Linux). */
export const markedProcesses = (name: string, value: string): readonly MarkedProcess[] =>
  readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/u.test(pid)) return [];
    // One that has ended and waits for its parent has no environment any more, and is none that is left.
    const isMarked = `\0${read(pid, 'environ')}`.includes(`\0${name}=${value}\0`);
    return isMarked
      ? [{ pid: Number(pid), commandLine: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }]
      : [];
  });
