import { chooseGated } from '../choose-gated.ts';
import { judgeGate, type GateVerdict } from '../judge-gate.ts';
import { simulateBlocks, type BlockModel } from './noise.ts';
import type { Random } from './random.ts';

/** How many of the simulated gates ended in which way; `changed` is the first metric, the one with the change. */
export interface GateCounts {
  readonly trials: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly changedFailed: number;
  readonly changedPassed: number;
}

/** Enough for the last look of the default metrics. */
const mostBlocks = 28;

const runGate = (random: Random, model: BlockModel): GateVerdict => {
  const measured = chooseGated([], []).map((metric, index) => ({
    metric,
    blocks: simulateBlocks(random, index === 0 ? model : { ...model, logLoss: 0 }, mostBlocks),
  }));
  let blocks = 0;
  for (;;) {
    const seen = measured.map(({ metric, blocks: all }) => ({ metric, blocks: all.slice(0, blocks) }));
    const verdict = judgeGate(seen);
    if (verdict.outcome !== 'open') return verdict;
    blocks = Math.min(
      ...verdict.metrics.map(({ verdict: each }) => (each.outcome === 'open' ? each.nextBlocks : mostBlocks)),
    );
  }
};

/** Gates over the three default metrics, each with its own noise; the change is in the first of them. */
export const simulateGates = (random: Random, model: BlockModel, trials: number): GateCounts => {
  const counts = { trials, failed: 0, inconclusive: 0, changedFailed: 0, changedPassed: 0 };
  for (let trial = 0; trial < trials; trial += 1) {
    const { outcome, metrics } = runGate(random, model);
    const changed = metrics[0]?.verdict.outcome;
    if (outcome === 'fail') counts.failed += 1;
    if (outcome === 'inconclusive') counts.inconclusive += 1;
    if (changed === 'fail') counts.changedFailed += 1;
    if (changed === 'pass') counts.changedPassed += 1;
  }
  return counts;
};
