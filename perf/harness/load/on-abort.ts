const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `run` when the signal is aborted, until the function that it returns is called. However many wait, the signal has
 * one listener: adding one to many looks at each of them.
 */
export const onAbort = (signal: AbortSignal, run: () => void): (() => void) => {
  let runs = waiting.get(signal);
  if (runs === undefined) {
    const all = new Set<() => void>();
    runs = all;
    waiting.set(signal, all);
    signal.addEventListener(
      'abort',
      () => {
        for (const one of all) one();
        all.clear();
      },
      { once: true },
    );
  }
  const own = runs;
  own.add(run);
  return () => {
    own.delete(run);
  };
};
