import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 20;

/** Waits until `read` gives a value that `isMet` accepts, and gives it; only the test's own timeout ends the waiting. */
export const until = async <Value>(
  read: () => Value | Promise<Value>,
  isMet: (value: Awaited<Value>) => boolean,
): Promise<Awaited<Value>> => {
  for (;;) {
    const value = await read();
    if (isMet(value)) return value;
    await sleep(POLL_MS);
  }
};
