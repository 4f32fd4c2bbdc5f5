import { Distribution } from '../metrics/distribution.ts';
import type { Aggregation } from '../metrics/metric.ts';
import type { MetricSoFar, SoFar } from '../metrics/so-far.ts';
import { formatQuantity } from './format-quantity.ts';
import { holds, limitsFromAbove } from './holds.ts';
import type { Threshold } from './threshold.ts';

/** What a load that is under way, or was ended early, has come to, and how much of it may still come. */
export interface Outlook {
  readonly soFar: SoFar;
  /** Attempts that are judged, at most, over the whole load; infinite where the plan does not bound them. */
  readonly mostAttempts: number;
}

/** Sums of the same values in another order differ in their last digits: a mean this near its limit may still hold. */
const roundingRatio = 1e-9;
/** Beyond every value that a histogram keeps apart. */
const endlessMs = 3_600_000;

const bestRatio = (
  { hits, misses, settled }: Extract<MetricSoFar, { kind: 'rate' }>,
  threshold: Threshold,
  mostAttempts: number,
): number | null => {
  const remaining = mostAttempts - settled;
  if (hits + misses === 0 || !Number.isFinite(remaining)) return null;
  const total = hits + misses + remaining;
  return (limitsFromAbove(threshold.comparison) ? hits : hits + remaining) / total;
};

/** The best that a trend can still become: as if all that is to come were instant, or for a lower limit endless. */
const bestTrend = (
  { values, settled }: Extract<MetricSoFar, { kind: 'trend' }>,
  { aggregation, comparison }: Threshold,
  mostAttempts: number,
): number | null => {
  const distribution = Distribution.decode(values);
  if (distribution.count === 0) return null;
  const remaining = settled === null ? Number.POSITIVE_INFINITY : mostAttempts - settled;
  const trend = aggregation as Aggregation<'trend'>;
  const isFromAbove = limitsFromAbove(comparison);
  // However much is still to come, a maximum does not fall and a minimum does not rise.
  if ((trend === 'max' && isFromAbove) || (trend === 'min' && !isFromAbove))
    return distribution.aggregateMs(trend);
  if (!Number.isFinite(remaining)) return null;
  if (remaining > 0) {
    if (!isFromAbove && (trend === 'mean' || trend === 'max')) return null;
    distribution.record(isFromAbove ? 0 : endlessMs, remaining);
  }
  const best = distribution.aggregateMs(trend);
  if (best === null || trend !== 'mean') return best;
  return best * (isFromAbove ? 1 - roundingRatio : 1 + roundingRatio);
};

const bestPossible = (threshold: Threshold, { soFar, mostAttempts }: Outlook): number | null => {
  const metric = soFar[threshold.metric.name];
  if (metric === undefined || threshold.window !== null) return null;
  switch (metric.kind) {
    case 'trend':
      return bestTrend(metric, threshold, mostAttempts);
    case 'rate':
      return bestRatio(metric, threshold, mostAttempts);
    case 'counter':
      // A count only grows; divided by the connections it may still fall.
      return threshold.aggregation === 'count' && limitsFromAbove(threshold.comparison) ? metric.count : null;
    default:
      return metric satisfies never;
  }
};

const describeSoFar = ({ metric }: Threshold, { soFar, mostAttempts }: Outlook): string => {
  const seen = soFar[metric.name];
  if (seen === undefined || seen.kind === 'counter') return '';
  if (seen.kind === 'trend') return `, after ${String(seen.values.count)} samples`;
  const decided = seen.hits + seen.misses;
  return `, after ${String(seen.hits)} of ${String(decided)}, with ${String(mostAttempts - seen.settled)} to come at most`;
};

/** Why the threshold can not hold any more, whatever the rest of the load does; null while it still can. */
export const whyLost = (threshold: Threshold, outlook: Outlook): string | null => {
  const best = bestPossible(threshold, outlook);
  if (best === null || holds(threshold.comparison, best, threshold.limit)) return null;
  return `${formatQuantity(best, threshold.metric.unit)} is the best it can still come to${describeSoFar(threshold, outlook)}`;
};
