import { median } from 'simple-statistics';
import { detectableEffect } from '../tracking/statistics/detectable-effect.ts';
import { estimateShift, type Shift } from '../tracking/statistics/estimate-shift.ts';
import { logLoss, type BlockPair } from './block.ts';
import type { ComparedMetric } from './compared-metric.ts';
import type { Look } from './look-plan.ts';

/** What the blocks up to a look say of one metric; losses are natural logarithms, above zero where head is worse. */
export interface Evidence {
  readonly look: Look;
  readonly shift: Shift;
  /** In how many blocks head was worse. */
  readonly worseBlocks: number;
  /** The medians of the blocks' values, in the metric's unit. */
  readonly base: number;
  readonly head: number;
  /** The smallest loss that this look would find in nine of ten cases. */
  readonly detectable: number;
}

/** Reads the evidence of exactly as many blocks as the look has; null where one of them lacks a value, or no bound exists. */
export const readEvidence = (
  metric: Pick<ComparedMetric, 'better'>,
  blocks: readonly BlockPair[],
  look: Look,
): Evidence | null => {
  const seen = blocks.slice(0, look.blocks);
  const losses = seen.map((block) => logLoss(block, metric.better)).filter((loss) => loss !== null);
  if (losses.length < look.blocks) return null;
  const shift = estimateShift(losses, look.alpha);
  if (shift === null) return null;
  return {
    look,
    shift,
    worseBlocks: losses.filter((loss) => loss > 0).length,
    base: median(seen.map(({ base }) => base ?? Number.NaN)),
    head: median(seen.map(({ head }) => head ?? Number.NaN)),
    detectable: detectableEffect(losses, look.alpha),
  };
};
