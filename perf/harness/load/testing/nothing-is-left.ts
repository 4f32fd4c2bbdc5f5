import { setImmediate } from 'node:timers/promises';

const count = (kind: string): number =>
  process.getActiveResourcesInfo().filter((name) => name === kind).length;

/**
 * Notes which sockets and timers there are, and gives back a wait until there are no more than that: one that hangs
 * means that something was left behind.
 */
export const noteWhatIsOpen = (): (() => Promise<void>) => {
  const kinds = ['TCPSocketWrap', 'Timeout'];
  const before = kinds.map(count);
  return async () => {
    while (kinds.some((kind, position) => count(kind) > (before[position] ?? 0))) await setImmediate();
  };
};
