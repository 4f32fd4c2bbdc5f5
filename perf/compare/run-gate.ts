import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Target } from '../../fixtures/targets/index.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { CompareError } from './compare-error.ts';
import type { Contestant } from './contestant.ts';
import { judgeGate, type GateVerdict, type MeasuredMetric } from './judge-gate.ts';
import { planLooks } from './look-plan.ts';
import { PairAgent } from './pair/pair-agent.ts';
import { randomOrder } from './pair/random-order.ts';
import { runningEstimate, type RunningEstimate } from './running-estimate.ts';
import { defaultBlockPlan, runBlock, type BlockPlan, type MeasuredBlock } from './run-block.ts';
import { sides, type PerSide } from './side.ts';
import { valueOfBlock } from './value-of-block.ts';

/** A gate over the blocks measured so far. */
export interface GateProgress {
  readonly blocks: readonly MeasuredBlock[];
  /** At the looks reached so far. */
  readonly verdict: GateVerdict;
  /** Blocks at the last planned look. */
  readonly mostBlocks: number;
  /** Where the gated metrics stand between the looks. */
  readonly estimates: readonly RunningEstimate[];
}

/** How a gate is run. */
export interface GateOptions {
  readonly contestants: PerSide<Contestant>;
  readonly gated: readonly ComparedMetric[];
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly onTargets?: (targets: PerSide<Target>) => void;
  readonly onBlock?: (progress: GateProgress) => void;
  /** For tests, which have less time. */
  readonly blockPlan?: BlockPlan;
}

/** What every block gave for a metric. */
export const measuredMetric = (metric: ComparedMetric, blocks: readonly MeasuredBlock[]): MeasuredMetric => ({
  metric,
  blocks: blocks.map(({ base, head }) => ({
    base: valueOfBlock(metric.name, base),
    head: valueOfBlock(metric.name, head),
  })),
});

/** How many blocks there are at the last planned look. */
const mostBlocks = (gated: readonly ComparedMetric[]): number =>
  Math.max(...gated.map(({ alternation }) => planLooks(gated.length, alternation).at(-1)?.blocks ?? 0));

const largestSeed = 2 ** 31 - 1;

/** A block in which one side did nothing at all says that there is nothing to compare. */
const assertMeasured = (block: MeasuredBlock, contestants: PerSide<Contestant>): void => {
  for (const side of sides) {
    const { connectMs, failures, attempted } = block[side];
    if (connectMs.length > 0) continue;
    const reasons = Object.entries(failures).map(([reason, count]) => `${String(count)} ${reason}`);
    throw new CompareError(
      'SIDE_NOT_MEASURED',
      `None of ${String(attempted)} operations on ${side} (${contestants[side].label}) succeeded: ${reasons.join(', ')}. Check that server by itself first: npm run perf.`,
    );
  }
};

const planOf = (gated: readonly ComparedMetric[], plan: BlockPlan): BlockPlan => ({
  ...plan,
  takesMemory: plan.takesMemory || gated.some(({ name }) => name === 'memory'),
  takesThroughput: plan.takesThroughput || gated.some(({ name }) => name === 'throughput'),
});

/**
 * Measures block after block and looks at them at the planned numbers of blocks, until the verdict is clear or the last look
 * is taken. The same seed draws the same orders.
 * @throws TargetError, CompareError or HarnessError when a block can not be measured; the signal's reason when aborted.
 */
export const runGate = async (options: GateOptions): Promise<GateProgress> => {
  const { contestants, gated, seed, signal } = options;
  const plan = planOf(gated, options.blockPlan ?? defaultBlockPlan);
  const isBaseFirst = randomOrder(seed);
  const seeds = xoroshiro128plus(seed);
  await using agent = await PairAgent.start();
  // A block under way is given up by the loss of the process that operates in it.
  signal.addEventListener('abort', () => void agent[Symbol.asyncDispose](), { once: true });
  const blocks: MeasuredBlock[] = [];
  for (;;) {
    signal.throwIfAborted();
    const block = await runBlock(contestants, {
      agent,
      plan,
      isBaseFirst,
      seed: uniformInt(seeds, 0, largestSeed),
      signal,
      ...(options.onTargets !== undefined && blocks.length === 0 && { onTargets: options.onTargets }),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error;
    });
    assertMeasured(block, contestants);
    blocks.push(block);
    const measured = gated.map((metric) => measuredMetric(metric, blocks));
    const verdict = judgeGate(measured);
    const progress = {
      blocks: [...blocks],
      verdict,
      mostBlocks: mostBlocks(gated),
      estimates: measured.map((one) => runningEstimate(one, gated.length)),
    };
    options.onBlock?.(progress);
    if (verdict.outcome !== 'open') return progress;
  }
};
