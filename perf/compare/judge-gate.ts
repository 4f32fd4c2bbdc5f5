import type { BlockPair } from './block.ts';
import type { ComparedMetric } from './compared-metric.ts';
import { judgeMetric, type MetricVerdict } from './judge-metric.ts';
import { planLooks } from './look-plan.ts';

/** A gated metric, with what each block so far gave for it. */
export interface MeasuredMetric {
  readonly metric: ComparedMetric;
  readonly blocks: readonly BlockPair[];
}

export interface JudgedMetric {
  readonly metric: ComparedMetric;
  readonly verdict: MetricVerdict;
}

/** The answer of a gate over all its metrics; `open` wants more blocks. */
export interface GateVerdict {
  readonly outcome: 'fail' | 'pass' | 'inconclusive' | 'open';
  readonly metrics: readonly JudgedMetric[];
}

const outcomeOf = (verdicts: readonly MetricVerdict[]): GateVerdict['outcome'] => {
  if (verdicts.some(({ outcome }) => outcome === 'fail')) return 'fail';
  if (verdicts.some(({ outcome }) => outcome === 'open')) return 'open';
  return verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === 'pass') ? 'pass' : 'inconclusive';
};

/** Fails when a gated metric fails, passes when all of them pass, and is inconclusive when nothing is open any more. */
export const judgeGate = (measured: readonly MeasuredMetric[]): GateVerdict => {
  const metrics = measured.map(({ metric, blocks }) => ({
    metric,
    verdict: judgeMetric(metric, blocks, planLooks(measured.length, metric.alternation)),
  }));
  return { outcome: outcomeOf(metrics.map(({ verdict }) => verdict)), metrics };
};
