import { exitCodes } from './exit-code.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A terminal and npm both pass one Ctrl-C on; what follows this closely is the same. */
const sameSignalMs = 500;
/** How long a stopped session may take to finish by itself, and a forced one to take its target down. */
const patienceMs = 60_000;
const forcedMs = 10_000;

const exit = (): never => process.exit(exitCodes.interrupted);

/** What to do when the user wants to stop. */
export interface StopActions {
  /** The first signal: end the load, keep what was measured. */
  readonly stop: () => Promise<void>;
  /** The second one: take the target down at once. */
  readonly force: () => Promise<void>;
  readonly say: (line: string) => void;
}

/**
 * Listens for Ctrl-C and its kin: the first aborts `stopped` and ends with partial results, the second (or a long wait)
 * forces the exit. Disposing of it gives the signals back.
 */
export const listenForStop = (stopped: AbortController, { stop, force, say }: StopActions): Disposable => {
  let stoppedAtMs: number | null = null;
  let isForced = false;
  const forceExit = (): void => {
    if (isForced) return;
    isForced = true;
    say('Forced: taking the target down …');
    setTimeout(exit, forcedMs);
    force().then(exit, exit);
  };
  const onSignal = (): void => {
    const nowMs = performance.now();
    if (stoppedAtMs === null) {
      stoppedAtMs = nowMs;
      stopped.abort();
      say('Stopping … partial results follow; once more to force.');
      setTimeout(forceExit, patienceMs).unref();
      // A run that ends with an error has ended: whoever started it hears of it.
      stop().catch(() => undefined);
    } else if (nowMs - stoppedAtMs > sameSignalMs) forceExit();
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
};
