import { TargetError } from '../../fixtures/targets/index.ts';
import { CompareError } from '../compare/compare-error.ts';

/**
 * Whether a comparison failed by one of its servers, which could not be built, started or reached: another pair may do. One that
 * could not be removed says that the container engine is gone, and every other pair needs that as well.
 */
export const isAboutServers = (error: unknown): error is CompareError | TargetError =>
  error instanceof CompareError || (error instanceof TargetError && error.code !== 'TARGET_NOT_REMOVED');
