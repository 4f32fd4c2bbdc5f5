import type { BlockPair } from '../block.ts';
import type { Random } from './random.ts';

/** How much the log-ratio of a block scatters on a machine. */
export interface MachineNoise {
  readonly name: 'typical' | 'noisy';
  readonly blockDeviation: number;
}

/** Hand-set from measurements of a server against itself on shared two-core machines. */
export const machines: readonly MachineNoise[] = [
  { name: 'typical', blockDeviation: 0.029 },
  { name: 'noisy', blockDeviation: 0.047 },
];

/** Blocks in which something else happened on one side only; hand-set. */
const contamination = { share: 0.05, ratio: 0.15 } as const;

/** What is simulated: the true log-loss of head, how the blocks scatter, and whether some are contaminated. */
export interface BlockModel {
  readonly logLoss: number;
  readonly blockDeviation: number;
  readonly contaminated: boolean;
}

const machineSpread = 0.15;
const baseMs = 1;

/** The blocks of one comparison on one machine, which is up to 15 % faster or slower than others: for both sides alike. */
export const simulateBlocks = (random: Random, model: BlockModel, count: number): readonly BlockPair[] => {
  const machine = 1 + machineSpread * (2 * random.uniform() - 1);
  return Array.from({ length: count }, () => {
    let loss = model.logLoss + model.blockDeviation * random.heavyTailed();
    if (model.contaminated && random.uniform() < contamination.share)
      loss += Math.log1p(contamination.ratio) * (random.uniform() < 0.5 ? -1 : 1);
    const base = baseMs * machine;
    return { base, head: base * Math.exp(loss) };
  });
};
