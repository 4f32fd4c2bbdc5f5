import type { ComparedMetric } from './compared-metric.ts';

/** What one block gave for one metric, in its unit: the median of each side; null where nothing could be measured. */
export interface BlockPair {
  readonly base: number | null;
  readonly head: number | null;
}

const isMeasured = (value: number | null): value is number =>
  value !== null && Number.isFinite(value) && value > 0;

/**
 * By how much head is worse than base, as a natural logarithm: ln(head) − ln(base), with the sign turned where higher is
 * better. Null where a side has no positive value.
 */
export const logLoss = ({ base, head }: BlockPair, better: ComparedMetric['better']): number | null => {
  if (!isMeasured(base) || !isMeasured(head)) return null;
  const loss = Math.log(head) - Math.log(base);
  return better === 'lower' ? loss : -loss;
};
