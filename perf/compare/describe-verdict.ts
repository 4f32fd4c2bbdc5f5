import { blocksNeeded } from './blocks-needed.ts';
import type { ComparedMetric } from './compared-metric.ts';
import type { Evidence } from './evidence.ts';
import { changeSize, formatEstimate, formatInterval, formatPair, limitSize } from './format-change.ts';
import type { MetricVerdict } from './judge-metric.ts';
import { familyAlpha } from './look-plan.ts';

// All intervals of a gate hold together with this, at whichever look it stops: each side errs with at most α over all gated
// metrics and looks (Bonferroni). One interval at one fixed look would hold with more.
const confidence = `${String(Math.round((1 - 2 * familyAlpha) * 100))} % CI`;
const mostBlocksNamed = 1_000;

const minimumOf = (metric: ComparedMetric): number => Math.log1p(metric.limits.minimumRatio);
const toleranceOf = (metric: ComparedMetric): number => Math.log1p(metric.limits.toleranceRatio);

const intervalOf = (metric: ComparedMetric, { shift }: Evidence): string =>
  formatInterval(shift, metric.better, [0, toleranceOf(metric)]);

const failLine = (metric: ComparedMetric, evidence: Evidence, reproduce: string): string => {
  const { better, worse } = metric;
  const [base, head] = formatPair(evidence.base, evidence.head);
  return (
    `FAIL ${metric.title}: ${changeSize(evidence.shift.estimate, better)} % ${worse} ` +
    `(${confidence} ${intervalOf(metric, evidence)}), base ${base} → head ${head} ${metric.unit}. ` +
    `${String(evidence.look.blocks)} blocks, ${String(evidence.worseBlocks)} ${worse}. ` +
    `Limit: ${limitSize(metric.limits.minimumRatio, better)} %. Reproduce: ${reproduce}`
  );
};

const neededText = (blocks: number): string =>
  blocks > mostBlocksNamed ? `more than ${mostBlocksNamed.toLocaleString('en')}` : `about ${String(blocks)}`;

const inconclusiveLine = (metric: ComparedMetric, evidence: Evidence): string => {
  const { better, limits } = metric;
  // What would be found must also be large enough to fail.
  const detectable = Math.max(evidence.detectable, minimumOf(metric));
  const needed = blocksNeeded(evidence.shift, limits, evidence.look.blocks);
  return (
    `INCONCLUSIVE ${metric.title}: ${intervalOf(metric, evidence)}; ` +
    `${better === 'lower' ? '+' : '−'}${limitSize(limits.toleranceRatio, better)} % can not be ruled out. ` +
    `This run could detect ≥ ${changeSize(detectable, better)} %; ${neededText(needed)} blocks needed. Not a pass.`
  );
};

const passLine = (metric: ComparedMetric, evidence: Evidence): string =>
  `PASS ${metric.title}: ${formatEstimate(evidence.shift.estimate, metric.better)} (${intervalOf(metric, evidence)}), ` +
  `${metric.loss} of ${limitSize(metric.limits.toleranceRatio, metric.better)} % is ruled out.`;

/** What is known of a metric while more blocks are being measured: `connect p50: −1.0 … +6.4 % after 12 blocks`. */
export const describeInterval = (metric: ComparedMetric, evidence: Evidence): string =>
  `${metric.title}: ${intervalOf(metric, evidence)} after ${String(evidence.look.blocks)} blocks`;

/** The line of a gated metric that was still open when another one had decided. */
export const describeUndecided = (metric: ComparedMetric, evidence: Evidence | null): string =>
  evidence === null
    ? `INCONCLUSIVE ${metric.title}: the gate was decided before its first look. Not a pass.`
    : `INCONCLUSIVE ${describeInterval(metric, evidence)}; another metric decided before its next look. Not a pass.`;

/** The line of a metric that is reported and does not gate. */
export const describeReported = (metric: ComparedMetric, evidence: Evidence): string =>
  `${metric.title}: ${formatEstimate(evidence.shift.estimate, metric.better)} ` +
  `(${confidence} ${intervalOf(metric, evidence)}), not gated`;

/** The line of a verdict, which claims no more than its interval allows; `reproduce` is the command that repeats it. */
export const describeMetricVerdict = (
  metric: ComparedMetric,
  verdict: MetricVerdict,
  reproduce: string,
): string => {
  switch (verdict.outcome) {
    case 'fail':
      return failLine(metric, verdict.evidence, reproduce);
    case 'pass':
      return passLine(metric, verdict.evidence);
    case 'inconclusive':
      return inconclusiveLine(metric, verdict.evidence);
    case 'no-data':
      return (
        `INCONCLUSIVE ${metric.title}: ${String(verdict.missing)} of ${String(verdict.blocks)} blocks gave no value ` +
        `for base or head. Not a pass.`
      );
    case 'open':
      return verdict.evidence === null
        ? `OPEN ${metric.title}: the first look is at ${String(verdict.nextBlocks)} blocks`
        : `OPEN ${describeInterval(metric, verdict.evidence)}; the next look is at ${String(verdict.nextBlocks)}`;
    default:
      return verdict satisfies never;
  }
};
