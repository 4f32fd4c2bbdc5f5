import { comparedMetrics } from './compared-metric.ts';
import type { Comparison } from './comparison-record.ts';

/** What is judged of a comparison. */
type Judged = Pick<Comparison, 'metrics' | 'successRate' | 'messageCount'>;

const besideMetrics = { successRate: 'success-rate', messageCount: 'messages' } as const;

/** What a comparison failed by: names of gated metrics, `success-rate`, `messages`. */
export const failedParts = ({ metrics, successRate, messageCount }: Judged): readonly string[] => [
  ...metrics.filter(({ isGated, outcome }) => isGated && outcome === 'fail').map(({ name }) => name),
  ...(successRate.outcome === 'fail' ? [besideMetrics.successRate] : []),
  ...(messageCount.outcome === 'fail' ? [besideMetrics.messageCount] : []),
];

/** Whether a comparison can fail by what is called so: the file of a stranger may hold anything. */
export const isPart = (name: string): boolean =>
  Object.values<string>(besideMetrics).includes(name) ||
  comparedMetrics.some((metric) => metric.name === name);

/** A failure is confirmed by what failed before, and by nothing else: another metric would be another false alarm. */
export const confirmsFailure = (failedBefore: readonly string[], second: Judged): boolean =>
  failedParts(second).some((part) => failedBefore.includes(part));
