import { onAbort } from './on-abort.ts';

/** Waits `waitMs`, or until the signal is aborted; never rejects. */
export const sleepUnlessAborted = async (waitMs: number, signal: AbortSignal): Promise<void> => {
  if (waitMs <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      stopListening();
      resolve();
    }, waitMs);
    const stopListening = onAbort(signal, () => {
      clearTimeout(timer);
      resolve();
    });
  });
};
