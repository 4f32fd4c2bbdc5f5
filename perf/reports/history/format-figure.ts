import type { Unit } from '../../harness/metrics/metric.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';

const knownUnits: ReadonlySet<string> = new Set<Unit>([
  'ms',
  'ratio',
  'count',
  'bytes',
  'bytes/s',
  'connections',
]);

/** A figure of the history as people read it; a unit that a later release brought is written behind the number. */
export const formatFigure = (value: number | null, unit: string): string =>
  value === null || knownUnits.has(unit)
    ? formatQuantity(value, unit as Unit)
    : `${String(Number(value.toPrecision(4)))} ${unit}`;

/** A log-ratio as a signed percentage: `+7.1 %`, `−0.4 %`. */
export const formatLogRatio = (logRatio: number): string => {
  const percent = Math.expm1(logRatio) * 100;
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent).toFixed(1)} %`;
};
