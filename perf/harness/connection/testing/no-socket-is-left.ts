import { setTimeout as sleep } from 'node:timers/promises';

// Node counts a socket among its resources until it is closed for good.
const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;

/** Resolves when this process has no TCP socket left, or no more than those that a server in it keeps. */
export const noSocketIsLeft = async (ofServer = 0): Promise<void> => {
  while (openSockets() > ofServer) await sleep(5);
};
