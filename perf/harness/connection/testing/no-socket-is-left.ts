import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves when this process has no TCP socket left: Node counts one among its resources until it is closed for good. */
export const noSocketIsLeft = async (): Promise<void> => {
  while (process.getActiveResourcesInfo().includes('TCPSocketWrap')) await sleep(5);
};
