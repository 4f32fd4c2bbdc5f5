import { formatEstimate } from '../../compare/format-change.ts';
import type { Unit } from '../../harness/metrics/metric.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';

const units: Readonly<Record<Unit, true>> = {
  ms: true,
  ratio: true,
  count: true,
  bytes: true,
  'bytes/s': true,
  'messages/s': true,
  connections: true,
};

const isKnown = (unit: string): unit is Unit => Object.hasOwn(units, unit);

/** A figure of the history as people read it; a unit that a later release brought is written behind the number. */
export const formatFigure = (value: number | null, unit: string): string => {
  if (value === null) return 'no data';
  return isKnown(unit) ? formatQuantity(value, unit) : `${String(Number(value.toPrecision(4)))} ${unit}`;
};

/** A log-ratio as a signed percentage: `+7.1 %`, `−0.4 %`, `0.0 %`. */
export const formatLogRatio = (logRatio: number): string => formatEstimate(logRatio, 'lower');
