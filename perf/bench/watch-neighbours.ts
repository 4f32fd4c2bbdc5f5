import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { readProcessor } from '../harness/load/processor-reading.ts';

const msPerTick = 10;
/** Of `/proc/self/stat` after the name: utime, stime, and the same of children that have ended. */
const cpuFields = { first: 11, end: 15 } as const;

const busyMs = (): number =>
  cpus().reduce((total, { times }) => total + times.user + times.nice + times.sys + times.irq, 0);

const ownMs = async (): Promise<number | null> => {
  const text = await readFile('/proc/self/stat', 'utf8').catch(() => null);
  if (text === null) return null;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(cpuFields.first, cpuFields.end).map(Number);
  return ticks.reduce((total, one) => total + one, 0) * msPerTick;
};

/** What the host of a virtual machine gave to others; 0 where the system does not say. */
const stolenMs = (): number => (readProcessor().machine?.stolenTicks ?? 0) * msPerTick;

/**
 * Starts watching how much processor time all others use, beside this process and its ended children: on this machine, and
 * of its cores on other machines of the same host.
 * The returned function gives their share of one core's time; null where it can not be known.
 */
export const watchNeighbours = async (): Promise<() => Promise<number | null>> => {
  const before = { atMs: performance.now(), busyMs: busyMs(), stolenMs: stolenMs(), ownMs: await ownMs() };
  return async () => {
    const own = await ownMs();
    if (own === null || before.ownMs === null) return null;
    const others = busyMs() - before.busyMs + stolenMs() - before.stolenMs - (own - before.ownMs);
    return Math.max(0, others / (performance.now() - before.atMs));
  };
};
