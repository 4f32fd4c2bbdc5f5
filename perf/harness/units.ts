const msPerSecond = 1_000;

/** Seconds, as people write them, to the milliseconds that are used inside. */
export const msFromSeconds = (seconds: number): number => seconds * msPerSecond;
