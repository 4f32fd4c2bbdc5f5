import { TargetError } from '../../fixtures/targets/index.ts';
import { CompareError } from '../compare/compare-error.ts';

/** Whether a comparison failed by one of its servers, which could not be built, started or reached: another pair may do. */
export const isAboutServers = (error: unknown): error is CompareError | TargetError =>
  error instanceof CompareError || error instanceof TargetError;
