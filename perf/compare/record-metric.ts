import type { BlockPair } from './block.ts';
import type { ComparedMetric } from './compared-metric.ts';
import type { Comparison } from './comparison-record.ts';
import { describeMetricVerdict, describeReported, describeUndecided } from './describe-verdict.ts';
import type { Evidence } from './evidence.ts';
import { judgeMetric, type MetricVerdict } from './judge-metric.ts';
import { planLooks } from './look-plan.ts';

/** What a metric of a comparison is judged with, beside its blocks. */
export interface MetricContext {
  readonly isGated: boolean;
  /** How many metrics share the error. */
  readonly gatedMetrics: number;
  /** Repeats the comparison. */
  readonly command: string;
  readonly distributions: Comparison['metrics'][number]['distributions'];
}

const outcomeOf = (verdict: MetricVerdict): Comparison['metrics'][number]['outcome'] =>
  // The gate stopped while this one was open: another metric had decided, or it does not gate at all.
  verdict.outcome === 'open' ? 'inconclusive' : verdict.outcome;

const describe = (
  metric: ComparedMetric,
  verdict: MetricVerdict,
  { isGated, evidence, command }: { isGated: boolean; evidence: Evidence | null; command: string },
): string => {
  if (!isGated && evidence !== null) return describeReported(metric, evidence);
  return verdict.outcome === 'open'
    ? describeUndecided(metric, evidence)
    : describeMetricVerdict(metric, verdict, command);
};

/** Judges the blocks of one metric, and puts all that is kept of it together. */
export const recordMetric = (
  metric: ComparedMetric,
  blocks: readonly BlockPair[],
  { isGated, gatedMetrics, command, distributions }: MetricContext,
): Comparison['metrics'][number] => {
  const verdict = judgeMetric(metric, blocks, planLooks(gatedMetrics, metric.alternation));
  const evidence = 'evidence' in verdict ? verdict.evidence : null;
  return {
    name: metric.name,
    title: metric.title,
    unit: metric.unit,
    better: metric.better,
    isGated,
    base: blocks.map(({ base }) => base),
    head: blocks.map(({ head }) => head),
    distributions,
    outcome: outcomeOf(verdict),
    estimate: evidence?.shift.estimate ?? null,
    lower: evidence?.shift.lower ?? null,
    upper: evidence?.shift.upper ?? null,
    confidence: evidence === null ? null : 1 - 2 * evidence.look.alpha,
    sentence: describe(metric, verdict, { isGated, evidence, command }),
  };
};
