/** Milliseconds of the Unix epoch with the resolution of the monotonic clock: comparable between processes of one machine. */
export const epochMs = (): number => performance.timeOrigin + performance.now();
