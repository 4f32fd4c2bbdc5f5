import { setTimeout as sleep } from 'node:timers/promises';
import type { PairAgent } from './pair/pair-agent.ts';
import type { ReadUsage } from './read-usage.ts';
import { sides, type PerSide, type Side } from './side.ts';

const heldConnections = 1_000;
/** Before each reading, ms. */
const settlingMs = 2_000;

const memoryOf = async (
  agent: PairAgent,
  side: Side,
  read: ReadUsage,
  signal: AbortSignal,
): Promise<number | null> => {
  await sleep(settlingMs, undefined, { signal });
  const before = await read();
  if (before === null) return null;
  const { connections } = await agent.ask({ type: 'hold', side, connections: heldConnections }, 'held');
  await sleep(settlingMs, undefined, { signal });
  const holding = await read();
  await agent.ask({ type: 'release' }, 'ready');
  // A server that lets fewer in was not measured under the same load as the other.
  if (holding === null || connections < heldConnections) return null;
  return (holding.memoryBytes - before.memoryBytes) / heldConnections;
};

/** Resident memory per open connection: at 1,000 held less that at none, settled for 2 s, one server after the other. */
export const measureMemory = async (
  agent: PairAgent,
  readers: PerSide<ReadUsage>,
  isBaseFirst: () => boolean,
  signal: AbortSignal,
): Promise<PerSide<number | null>> => {
  const memory: Record<Side, number | null> = { base: null, head: null };
  for (const side of isBaseFirst() ? sides : sides.toReversed()) {
    memory[side] = await memoryOf(agent, side, readers[side], signal);
  }
  return memory;
};
