import type { ValidityCheck } from '../record/run-record.ts';
import { formatQuantity } from './format-quantity.ts';

/** `the generator could not measure truly: start lag p95 80.0 ms (limit 50.0 ms). …`. */
export const describeFailedCheck = ({
  name,
  observed,
  limit,
  unit,
  remedy,
}: Pick<ValidityCheck, 'name' | 'observed' | 'limit' | 'unit' | 'remedy'>): string =>
  `the generator could not measure truly: ${name} ${formatQuantity(observed, unit)} (limit ${formatQuantity(limit, unit)}). ${remedy}`;
