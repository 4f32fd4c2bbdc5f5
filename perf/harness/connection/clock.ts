const nanosecondsPerMs = 1e6;

/** Milliseconds since a fixed moment, never going back; passed in, so that tests can hold time still. */
export type Clock = () => number;

/** A clock that counts from now on. */
export const startClock = (): Clock => {
  const startedAtMs = performance.now();
  return () => performance.now() - startedAtMs;
};

/** A clock that gives dates: the wall clock’s when it was started, and from there on by the monotonic one, which no step moves. */
export const startDateClock = (): (() => Date) => {
  const startedAtEpochMs = Date.now();
  const clock = startClock();
  return () => new Date(startedAtEpochMs + clock());
};

/** Ms of the monotonic clock that all processes of this machine share; no step of the wall clock reaches it. */
export const machineClockMs = (): number => Number(process.hrtime.bigint()) / nanosecondsPerMs;

/** A clock that counts from a moment agreed between processes of this machine, in `machineClockMs`; negative before it. */
export const clockFromMachine = (startMs: number): Clock => {
  const startedAtMs = performance.now() + (startMs - machineClockMs());
  return () => performance.now() - startedAtMs;
};

/**
 * A clock that counts from a moment in ms of the Unix epoch; negative before it. It is anchored when it is made: later steps
 * of the wall clock do not reach it, one between the agreement and the anchoring does.
 */
export const clockFromEpoch = (epochMs: number): Clock => {
  const startedAtMs = performance.now() + (epochMs - Date.now());
  return () => performance.now() - startedAtMs;
};
