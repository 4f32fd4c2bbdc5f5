import { readFile } from 'node:fs/promises';
import { processUsage } from './process-usage.ts';
import type { Usage, UsageReader } from './usage.ts';

/** A reading, and which of its lives it is of: another number after each restart. */
interface LifeUsage {
  readonly life: number;
  readonly usage: Usage;
}

/**
 * Adds up what each life of a server used, so that a restart takes nothing away: what it used after the last reading before its
 * end is all that is missing. While it is away it holds no memory; null where nobody knows, and before it was ever seen.
 */
const overRestarts = (
  read: () => Promise<LifeUsage | 'away' | null>,
  dispose: () => PromiseLike<void>,
): UsageReader => {
  let earlierCpuMs = 0;
  let last: LifeUsage | null = null;
  return {
    read: async () => {
      const now = await read();
      if (now === null) return null;
      if (now === 'away')
        return last === null ? null : { cpuMs: earlierCpuMs + last.usage.cpuMs, memoryBytes: 0 };
      if (last !== null && last.life !== now.life) earlierCpuMs += last.usage.cpuMs;
      last = now;
      return { cpuMs: earlierCpuMs + now.usage.cpuMs, memoryBytes: now.usage.memoryBytes };
    },
    [Symbol.asyncDispose]: async () => {
      await dispose();
    },
  };
};

/** The usage of whichever process a file names at the time, with that of those it has named before. */
export const pidFileUsage = (pidFile: string): UsageReader =>
  overRestarts(
    async () => {
      const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
      // 0 stands for an empty file, which nobody has finished writing.
      const usage = Number.isInteger(pid) && pid > 0 ? await processUsage(pid).read() : null;
      return usage === null ? 'away' : { life: pid, usage };
    },
    () => Promise.resolve(),
  );

/**
 * The usage of a container that may be restarted, whose counter of processor time then begins anew; null without a reading. An
 * engine that can not read a container, or whose stream was cut, says no more than of one that is away.
 */
export const restartedUsage = (reader: UsageReader): UsageReader => {
  let life = 0;
  let countedMs = 0;
  return overRestarts(
    async () => {
      const usage = await reader.read();
      if (usage === null) return null;
      if (usage.cpuMs < countedMs) life += 1;
      countedMs = usage.cpuMs;
      return { life, usage };
    },
    () => reader[Symbol.asyncDispose](),
  );
};
