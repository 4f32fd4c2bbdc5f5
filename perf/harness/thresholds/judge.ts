import { aggregate, sampleCount, type Summary } from '../metrics/samples.ts';
import type { Validity, WarmUpRecord } from '../record/run-record.ts';
import { formatQuantity } from './format-quantity.ts';
import type { Comparison, Threshold } from './threshold.ts';
import type { Verdict } from './verdict.ts';

/** What a threshold is judged against. */
export interface Evidence {
  readonly metrics: Summary;
  readonly validity: Validity;
  readonly interrupted: string | null;
  readonly warmUp: WarmUpRecord | null;
}

const holds = (comparison: Comparison, observed: number, limit: number): boolean => {
  switch (comparison) {
    case 'below':
      return observed < limit;
    case 'at-most':
      return observed <= limit;
    case 'above':
      return observed > limit;
    case 'at-least':
      return observed >= limit;
    default:
      return comparison satisfies never;
  }
};

const whyInvalid = ({ validity, interrupted }: Evidence): string | null => {
  if (interrupted !== null) return `the run was ${interrupted}`;
  const failed = validity.checks.find(({ passed }) => !passed);
  if (failed === undefined) return null;
  return `the generator could not measure truly: ${failed.name} ${formatQuantity(failed.observed, failed.unit)} (limit ${formatQuantity(failed.limit, failed.unit)}). ${failed.remedy}`;
};

/** Judges one threshold. Without data, or where the run can not be trusted, the answer is `inconclusive`. */
export const judge = (threshold: Threshold, evidence: Evidence): Verdict => {
  const { metric, aggregation, comparison, limit } = threshold;
  const samplesOfMetric = evidence.metrics[metric.name];
  const samples = samplesOfMetric === undefined ? 0 : sampleCount(samplesOfMetric);
  const observed = aggregate(evidence.metrics, metric, aggregation);
  const invalid = whyInvalid(evidence);
  if (invalid !== null) return { threshold, samples, outcome: 'inconclusive', observed, reason: invalid };
  if (observed === null) {
    const after =
      evidence.warmUp === null
        ? ''
        : ` after the warm-up of ${formatQuantity(evidence.warmUp.untilMs, 'ms')}`;
    const reason = `there is no data for ${metric.title}${after}: ${metric.definition}`;
    return { threshold, samples, outcome: 'inconclusive', observed, reason };
  }
  return { threshold, samples, outcome: holds(comparison, observed, limit) ? 'met' : 'broken', observed };
};
