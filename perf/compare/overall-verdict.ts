import type { Comparison } from './comparison-record.ts';
import type { GateVerdict } from './judge-gate.ts';

/** The verdict of a whole comparison: what a metric or the success rate fails, fails. */
export const overallVerdict = (
  { outcome }: Pick<GateVerdict, 'outcome'>,
  success: Pick<Comparison['successRate'], 'outcome'>,
): Comparison['verdict'] => {
  if (outcome === 'fail' || success.outcome === 'fail') return 'fail';
  return outcome === 'pass' ? 'pass' : 'inconclusive';
};
