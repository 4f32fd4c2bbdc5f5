import type { Comparison } from './comparison-record.ts';
import type { GateVerdict } from './judge-gate.ts';

/** The verdict of a whole comparison: what a metric, the success rate or the messages fail, fails. */
export const overallVerdict = (
  { outcome }: Pick<GateVerdict, 'outcome'>,
  successRate: Pick<Comparison['successRate'], 'outcome'>,
  messageCount: Pick<Comparison['messageCount'], 'outcome'>,
): Comparison['verdict'] => {
  if ([outcome, successRate.outcome, messageCount.outcome].includes('fail')) return 'fail';
  return outcome === 'pass' ? 'pass' : 'inconclusive';
};
