import type { ConnectionLife } from './connection-life.ts';
import { onAbort } from './on-abort.ts';

/** Resolves when of each of these it is known what it was still waiting for, or the signal is aborted. */
export const concluded = async (lives: readonly ConnectionLife[], signal: AbortSignal): Promise<void> => {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const stopListening = onAbort(signal, resolve);
  void Promise.all(lives.map((life) => life.conclude())).then(() => {
    resolve();
  });
  await promise;
  stopListening();
};
