import type { Unit } from '../metrics/metric.ts';
import { formatQuantity } from './format-quantity.ts';
import { intervalConfidence, type Interval } from './interval-of.ts';

/** `95 % CI 5.1 ms … 9.8 ms`; an end for which there are too few samples is `?`. */
export const formatInterval = ({ lower, upper }: Interval, unit: Unit): string => {
  const end = (value: number | null): string => (value === null ? '?' : formatQuantity(value, unit));
  return `${String(intervalConfidence * 100)} % CI ${end(lower)} … ${end(upper)}`;
};
