/** Milliseconds since a fixed moment, never going back; passed in, so that tests can hold time still. */
export type Clock = () => number;

/** A clock that counts from now on. */
export const startClock = (): Clock => {
  const startedAtMs = performance.now();
  return () => performance.now() - startedAtMs;
};

/** A clock that counts from a moment agreed between processes, in ms of the Unix epoch; negative before it. */
export const clockFromEpoch = (epochMs: number): Clock => {
  const startedAtMs = epochMs - performance.timeOrigin;
  return () => performance.now() - startedAtMs;
};
