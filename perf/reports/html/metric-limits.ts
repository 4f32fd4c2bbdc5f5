import { comparedMetrics } from '../../compare/compared-metric.ts';
import type { Comparison } from '../../compare/comparison-record.ts';
import { limitSize } from '../../compare/format-change.ts';

/** A bound that the change of a metric is judged by. */
export interface MetricLimit {
  readonly name: 'fails from' | 'tolerance';
  /** As a natural logarithm of head by base: below zero where lower is worse. */
  readonly change: number;
  /** `+5 %`. */
  readonly text: string;
}

/** What a compared metric is judged by; none where this release does not know the metric. */
export const limitsOfMetric = ({
  name,
  better,
}: Pick<Comparison['metrics'][number], 'name' | 'better'>): readonly MetricLimit[] => {
  const limits = comparedMetrics.find((metric) => metric.name === name)?.limits;
  if (limits === undefined) return [];
  const limit = (of: MetricLimit['name'], ratio: number): MetricLimit => ({
    name: of,
    change: better === 'lower' ? Math.log1p(ratio) : -Math.log1p(ratio),
    text: `${better === 'lower' ? '+' : '−'}${limitSize(ratio, better)} %`,
  });
  return [limit('fails from', limits.minimumRatio), limit('tolerance', limits.toleranceRatio)];
};
