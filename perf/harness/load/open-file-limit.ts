import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { validityLimits } from '../validity/validity-limits.ts';

/** What a generator keeps open beside its connections, at most: its pipes, channels, modules. */
const baselineFiles = 100;

/** How many connections one agent can hold, and stay conclusive, where a process may have so many files open. */
export const connectionsPerAgent = (openFiles: number): number =>
  Math.max(0, Math.floor(validityLimits.openFilesRatio * openFiles) - baselineFiles);

/** How many files a process must be allowed to have open for so many connections. */
export const openFilesFor = (connections: number): number =>
  Math.ceil((connections + baselineFiles) / validityLimits.openFilesRatio);

const ofShell = async (): Promise<number> => {
  const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -n']);
  return Number(stdout.trim());
};

/** Of `Max open files  20000  20000  files`: the soft limit, which Node raises to the hard one when it starts. */
const softLimit = /^Max open files\s+(\S+)/mu;

/** How many files a process started from here may have open; Infinity where there is no limit. */
export const openFileLimit = async (): Promise<number> => {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '');
  // Without `/proc`, as on macOS, the shell knows; without a shell, as on Windows, there is no such limit.
  const limit = Number(softLimit.exec(limits)?.[1] ?? (await ofShell().catch(() => Number.NaN)));
  return Number.isFinite(limit) ? limit : Number.POSITIVE_INFINITY;
};
