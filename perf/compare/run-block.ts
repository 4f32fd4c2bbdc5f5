import type { Target } from '../../fixtures/targets/index.ts';
import type { Contestant } from './contestant.ts';
import { measureMemory } from './measure-memory.ts';
import { measureThroughput } from './measure-throughput.ts';
import { meetServers } from './meet-servers.ts';
import type { SideOperations, Stretch } from './pair/alternate.ts';
import type { PairAgent } from './pair/pair-agent.ts';
import { usageReader, type ReadUsage } from './read-usage.ts';
import { perSide, sides, type PerSide, type Side } from './side.ts';

/** How long a block warms up and measures, and what it measures beside single operations. */
export interface BlockPlan {
  readonly warmUp: Stretch;
  readonly measured: Stretch;
  /** Memory of open connections, which takes seconds. */
  readonly takesMemory: boolean;
  /** Round trips per second, in slices. */
  readonly takesThroughput: boolean;
}

/** At least 300 warm-up operations or 1 s; then 600 operations a side or 4 s, whichever comes first, at least 50. */
export const defaultBlockPlan: BlockPlan = Object.freeze({
  warmUp: { operations: 300, withinMs: 1_000, atLeast: 1 },
  measured: { operations: 600, withinMs: 4_000, atLeast: 50 },
  takesMemory: false,
  takesThroughput: false,
});

/** What one side gave in one block; null where it was not measured, or can not be. */
export interface SideOfBlock extends SideOperations {
  /** Server processor time over the measured operations, ms. */
  readonly cpuMs: number | null;
  /** Of the server, with connections held and nothing else, less that without any. */
  readonly memoryBytesPerConnection: number | null;
  readonly roundTripsPerSecond: number | null;
}

/** One block: both servers alive, single operations alternating between them. */
export type MeasuredBlock = PerSide<SideOfBlock>;

/** What running a block needs beside its contestants. */
export interface BlockOptions {
  readonly agent: PairAgent;
  readonly plan: BlockPlan;
  /** Draws the order in which the servers are started, and those of everything that is measured one after the other. */
  readonly isBaseFirst: () => boolean;
  /** Of the orders that are drawn inside the operating process. */
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onTargets?: (targets: PerSide<Target>) => void;
}

const openBoth = async (
  contestants: PerSide<Contestant>,
  { isBaseFirst, signal }: BlockOptions,
  opened: AsyncDisposableStack,
): Promise<PerSide<Target>> => {
  const targets: Partial<Record<Side, Target>> = {};
  for (const side of isBaseFirst() ? sides : sides.toReversed()) {
    targets[side] = opened.use(await contestants[side].open({ signal })).target;
  }
  return targets as PerSide<Target>;
};

const cpuMsOf = async (readers: PerSide<ReadUsage>): Promise<PerSide<number | null>> => {
  const [base, head] = await Promise.all([readers.base(), readers.head()]);
  return { base: base?.cpuMs ?? null, head: head?.cpuMs ?? null };
};

const difference = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;

const nothing: PerSide<number | null> = { base: null, head: null };

/**
 * Runs one block: starts both servers afresh in random order, warms them up, and alternates single operations.
 * @throws TargetError when a server does not come up, HarnessError when the operating process is lost.
 */
export const runBlock = async (
  contestants: PerSide<Contestant>,
  options: BlockOptions,
): Promise<MeasuredBlock> => {
  const { agent, plan, isBaseFirst, signal } = options;
  await using opened = new AsyncDisposableStack();
  const targets = await openBoth(contestants, options, opened);
  options.onTargets?.(targets);
  const readers = {
    base: await usageReader(targets.base.server),
    head: await usageReader(targets.head.server),
  };
  await meetServers(agent, targets, options.seed);
  await agent.ask({ type: 'alternate', stretch: plan.warmUp }, 'operations');
  const before = await cpuMsOf(readers);
  const { operations } = await agent.ask({ type: 'alternate', stretch: plan.measured }, 'operations');
  const after = await cpuMsOf(readers);
  const roundTrips = plan.takesThroughput ? await measureThroughput(agent, isBaseFirst) : nothing;
  const memory = plan.takesMemory ? await measureMemory(agent, readers, isBaseFirst, signal) : nothing;
  return perSide((side) => ({
    ...operations[side],
    cpuMs: difference(before[side], after[side]),
    memoryBytesPerConnection: memory[side],
    roundTripsPerSecond: roundTrips[side],
  }));
};
