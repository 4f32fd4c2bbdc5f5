import { access, readdir, readFile } from 'node:fs/promises';
import type { Usage, UsageReader } from './usage.ts';

const nanosecondsPerMs = 1e6;
const bytesPerKib = 1_024;

/** Sums `/proc/PID/task/*\/schedstat`: time on a processor in nanoseconds, where `/proc/PID/stat` counts in ticks. */
const readCpuMs = async (pid: number): Promise<number> => {
  const tasks = `/proc/${String(pid)}/task`;
  const perThread = await Promise.all(
    (await readdir(tasks)).map(async (thread) => {
      // A thread may end between the listing and the reading; the first one, the process itself, must be there.
      const text = await readFile(`${tasks}/${thread}/schedstat`, 'utf8').catch(() => '0');
      return Number(text.split(' ')[0]);
    }),
  );
  await access(`${tasks}/${String(pid)}/schedstat`);
  return perThread.reduce((total, nanoseconds) => total + nanoseconds, 0) / nanosecondsPerMs;
};

const childrenOf = async (pid: number): Promise<number[]> => {
  const tasks = `/proc/${String(pid)}/task`;
  const perThread = await Promise.all(
    (await readdir(tasks).catch(() => [])).map((thread) =>
      readFile(`${tasks}/${thread}/children`, 'utf8').catch(() => ''),
    ),
  );
  return perThread.flatMap((text) => text.split(' ').filter(Boolean).map(Number));
};

/** The processes that a process has started and that still run, at every depth. */
const descendantsOf = async (pid: number): Promise<number[]> => {
  const children = await childrenOf(pid);
  return [...children, ...(await Promise.all(children.map(descendantsOf))).flat()];
};

const readMemoryBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  const kib = /^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1];
  return Number(kib ?? Number.NaN) * bytesPerKib;
};

const readUsage = async (pid: number): Promise<Usage | null> => {
  try {
    const [cpuMs, memoryBytes] = await Promise.all([readCpuMs(pid), readMemoryBytes(pid)]);
    return Number.isFinite(memoryBytes) ? { cpuMs, memoryBytes } : null;
  } catch {
    return null;
  }
};

/**
 * Reads the usage of a process and of those it has started from `/proc`, whether a server works in one process, in several, or
 * behind a shell; null once the first has ended, and on systems without `/proc`.
 */
export const processUsage = (pid: number): UsageReader => ({
  read: async (): Promise<Usage | null> => {
    const first = await readUsage(pid);
    if (first === null) return null;
    const others = await Promise.all((await descendantsOf(pid)).map(readUsage));
    return others.reduce<Usage>(
      (sum, one) => ({
        cpuMs: sum.cpuMs + (one?.cpuMs ?? 0),
        memoryBytes: sum.memoryBytes + (one?.memoryBytes ?? 0),
      }),
      first,
    );
  },
  [Symbol.asyncDispose]: () => Promise.resolve(),
});
