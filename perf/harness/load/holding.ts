import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** What a generator process holds on to. */
export interface Holding {
  /** Null where the system does not say. */
  readonly openFiles: number | null;
  /** Of the heap and beside it, once what nobody needs any more is collected. */
  readonly liveBytes: number;
}

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/**
 * Reads what this process holds on to; stands still meanwhile, for some 20 ms. What was collected beside the heap is given back a
 * little later: `settleMs` waits for that.
 */
export const readHolding = async (settleMs = 0): Promise<Holding> => {
  collectGarbage();
  if (settleMs > 0) {
    await sleep(settleMs);
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  const files = await readdir('/proc/self/fd').catch(() => null);
  return { openFiles: files?.length ?? null, liveBytes: heapUsed + external };
};

/** What is held in addition to what was held before. */
export const leftSince = (before: Holding, now: Holding): Holding => ({
  openFiles: before.openFiles === null || now.openFiles === null ? null : now.openFiles - before.openFiles,
  liveBytes: now.liveBytes - before.liveBytes,
});
