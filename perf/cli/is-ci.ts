import type { Environment } from './read-target.ts';

/** Whether this runs in a CI system, as nearly all of them say with `CI`. */
export const isCi = (environment: Environment): boolean =>
  !['', 'false', '0', undefined].includes(environment['CI']);
