import { setTimeout as sleep } from 'node:timers/promises';

/** Waits `waitMs`, or until the signal is aborted; never rejects. */
export const sleepUnlessAborted = async (waitMs: number, signal: AbortSignal): Promise<void> => {
  if (waitMs <= 0 || signal.aborted) return;
  await sleep(waitMs, undefined, { signal }).catch(() => undefined);
};
