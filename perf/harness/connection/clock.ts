/** Milliseconds since a fixed moment, never going back; passed in, so that tests can hold time still. */
export type Clock = () => number;

/** A clock that counts from now on. */
export const startClock = (): Clock => {
  const startedAtMs = performance.now();
  return () => performance.now() - startedAtMs;
};

/**
 * A clock that counts from a moment agreed between processes, in ms of the Unix epoch; negative before it. It is
 * anchored when it is made: later steps of the wall clock, or a sleep before, do not reach it.
 */
export const clockFromEpoch = (epochMs: number): Clock => {
  const startedAtMs = performance.now() + (epochMs - Date.now());
  return () => performance.now() - startedAtMs;
};
