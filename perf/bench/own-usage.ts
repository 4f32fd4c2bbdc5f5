import { setTimeout as sleep } from 'node:timers/promises';

const microsecondsPerMs = 1_000;
const collections = 3;
const pauseMs = 100;

/** Processor time this process has used, ms. */
export const usedCpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / microsecondsPerMs;
};

/** Resident bytes once what is garbage has been collected and given back (needs `--expose-gc`). */
export const settledResidentBytes = async (): Promise<number> => {
  for (let collection = 0; collection < collections; collection += 1) {
    globalThis.gc?.();
    await sleep(pauseMs);
  }
  return process.memoryUsage.rss();
};
