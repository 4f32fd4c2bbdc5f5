import type { Usage, UsageReader } from './usage.ts';

/** Reads the usage of several together; null while one of them can not be read. */
export const usageOfSeveral = (readers: readonly UsageReader[]): UsageReader => ({
  read: async (): Promise<Usage | null> => {
    const usages = await Promise.all(readers.map((reader) => reader.read()));
    const known = usages.filter((usage) => usage !== null);
    if (known.length < usages.length) return null;
    return {
      cpuMs: known.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
      memoryBytes: known.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    };
  },
  [Symbol.asyncDispose]: async () => {
    await Promise.all(readers.map((reader) => reader[Symbol.asyncDispose]()));
  },
});
