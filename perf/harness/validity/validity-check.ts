import type { ValidityCheck } from '../record/run-record.ts';

/** A check before it is judged. */
export type Check = Omit<ValidityCheck, 'passed'>;

const judged = (check: Check, holds: (observed: number, limit: number) => boolean): ValidityCheck => ({
  ...check,
  passed: check.observed === null || check.limit === null || holds(check.observed, check.limit),
});

/** Passes up to its limit; a reading that does not exist is not judged. */
export const atMost = (check: Check): ValidityCheck => judged(check, (observed, limit) => observed <= limit);

/** Passes from its limit on; a reading that does not exist is not judged. */
export const atLeast = (check: Check): ValidityCheck => judged(check, (observed, limit) => observed >= limit);

/** A figure that explains the others and has no limit. */
export const figure = (check: Omit<Check, 'limit' | 'remedy'>): ValidityCheck => ({
  ...check,
  limit: null,
  remedy: '',
  passed: true,
});

/** The largest of what the agents saw: one that was held up spoils the whole. Null where none could see it. */
export const largest = (values: readonly (number | null)[]): number | null => {
  const seen = values.filter((value) => value !== null);
  return seen.length === 0 ? null : Math.max(...seen);
};

/** The smallest of what the agents saw; null where none could see it. */
export const smallest = (values: readonly (number | null)[]): number | null => {
  const seen = values.filter((value) => value !== null);
  return seen.length === 0 ? null : Math.min(...seen);
};
