import type { ScenarioMetric } from './history-record.ts';

/** The figure that stands for a metric, in its unit: a trend's median is the least noisy of its percentiles. */
export const mainValue = (
  metric: ScenarioMetric,
): { readonly aggregation: string; readonly value: number | null } => {
  switch (metric.kind) {
    case 'trend':
      return { aggregation: 'p50', value: metric.p50 };
    case 'rate':
      return { aggregation: 'ratio', value: metric.total === 0 ? null : metric.hits / metric.total };
    case 'counter':
      return { aggregation: 'count', value: metric.connections === 0 ? null : metric.count };
    case 'gauge':
      return { aggregation: 'value', value: metric.value };
    default:
      return metric satisfies never;
  }
};
