/** Changes of `Date.now()` that are waited for: one of them may be seen late, because the process was put aside. */
const watchedTicks = 4;

/**
 * Ms of the Unix epoch at which `performance.now()` was 0, as the wall clock has it now. `Date.now()` is cut to whole
 * ms, so each of its readings is at most the true time, and the largest difference, just after a tick, is the truest.
 */
const readOriginMs = (): number => {
  let originMs = Number.NEGATIVE_INFINITY;
  let lastWallMs = Date.now();
  let ticks = 0;
  while (ticks < watchedTicks) {
    const wallMs = Date.now();
    originMs = Math.max(originMs, wallMs - performance.now());
    if (wallMs !== lastWallMs) ticks += 1;
    lastWallMs = wallMs;
  }
  return originMs;
};

/** The machine's wall clock with the resolution of the monotonic one, as it stood when this clock was made. */
export interface EpochClock {
  /** Ms of the Unix epoch. */
  now(): number;
  /** How far the wall clock has moved since: it was stepped, or the machine slept. */
  driftMs(): number;
}

/** Reads the wall clock to some microseconds; takes about 4 ms, in which nothing else runs. */
export const startEpochClock = (): EpochClock => {
  const originMs = readOriginMs();
  return {
    now: () => originMs + performance.now(),
    driftMs: () => readOriginMs() - originMs,
  };
};
