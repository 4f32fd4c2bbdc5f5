import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Resolves when this process has no TCP socket left, or no more than those of a server in it that keeps its own: Node
 * counts one among its resources until it is closed for good.
 */
export const noSocketIsLeft = async (ofServer = 0): Promise<void> => {
  const left = (): number =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length;
  while (left() > ofServer) await sleep(5);
};
