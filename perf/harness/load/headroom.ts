import { readdir } from 'node:fs/promises';
import { localPortRange, portCount } from './local-ports.ts';
import { openFileLimit } from './open-file-limit.ts';

/** How near a generator process came to the limits of its machine. */
export interface Headroom {
  /** The most connections it had open. */
  readonly mostOpen: number;
  /** Open files at that time, of those allowed. */
  readonly openFilesRatio: number;
  /** The local ports that this machine gives out; null where that is not known. */
  readonly localPorts: number | null;
}

const filesOpenNow = async (): Promise<number> =>
  (await readdir('/proc/self/fd').catch((): string[] => [])).length;

/** The headroom of this process, which had at most so many connections open and has closed them. */
export const readHeadroom = async (mostOpen: number): Promise<Headroom> => {
  const range = await localPortRange();
  return {
    mostOpen,
    openFilesRatio: (mostOpen + (await filesOpenNow())) / (await openFileLimit()),
    localPorts: range === null ? null : portCount(range),
  };
};
