import { logLoss, type BlockPair } from './block.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { readEvidence, type Evidence } from './evidence.ts';
import { judgeShift } from './judge-shift.ts';
import type { Look } from './look-plan.ts';

/** What the blocks say of one metric at the looks reached so far. */
export type MetricVerdict =
  | { readonly outcome: 'fail' | 'pass'; readonly evidence: Evidence }
  /** Open until the next look, at `nextBlocks`; the evidence is null before the first one. */
  | { readonly outcome: 'open'; readonly nextBlocks: number; readonly evidence: Evidence | null }
  | { readonly outcome: 'inconclusive'; readonly evidence: Evidence }
  /** Inconclusive too: a block in which a side had no value, of those that were to be judged. */
  | { readonly outcome: 'no-data'; readonly blocks: number; readonly missing: number };

/**
 * Judges a metric by its plan: only at the planned looks, each by exactly its number of blocks. The first look that fails
 * decides; otherwise the last one reached does, since it has seen the most.
 */
export const judgeMetric = (
  metric: ComparedMetric,
  blocks: readonly BlockPair[],
  plan: readonly Look[],
): MetricVerdict => {
  const reached = plan.filter((look) => look.blocks <= blocks.length);
  let evidence: Evidence | null = null;
  for (const look of reached) {
    evidence = readEvidence(metric, blocks, look);
    if (evidence === null) {
      const missing = blocks
        .slice(0, look.blocks)
        .filter((block) => logLoss(block, metric.better) === null).length;
      return { outcome: 'no-data', blocks: look.blocks, missing };
    }
    if (judgeShift(evidence.shift, metric.limits) === 'fail') return { outcome: 'fail', evidence };
  }
  const next = plan[reached.length];
  if (evidence !== null && judgeShift(evidence.shift, metric.limits) === 'pass')
    return { outcome: 'pass', evidence };
  if (next !== undefined) return { outcome: 'open', nextBlocks: next.blocks, evidence };
  if (evidence !== null) return { outcome: 'inconclusive', evidence };
  throw new TypeError('A metric is judged by a plan of at least one look, and none was given.');
};
