import {
  describeObserved,
  describeRun,
  describeThreshold,
  explainVerdict,
  inconclusiveStart,
  type ExplainedRun,
} from './describe-verdict.ts';
import type { Verdict } from './verdict.ts';

const explainTogether = (alike: readonly Verdict[], reason: string, run: ExplainedRun): string =>
  [
    `${inconclusiveStart}${String(alike.length)} promises, because ${reason}`,
    ...alike.map(
      (verdict) => `  ${describeThreshold(verdict.threshold)}: observed ${describeObserved(verdict)}`,
    ),
    ...describeRun(run),
  ].join('\n');

/** What promises that were not met have to say; a reason that several of them share is said once. */
export const explainVerdicts = (verdicts: readonly Verdict[], run: ExplainedRun): string => {
  const groups = Map.groupBy(verdicts, (verdict) =>
    verdict.outcome === 'inconclusive' ? verdict.reason : verdict,
  );
  return [...groups]
    .map(([reason, alike]) =>
      typeof reason === 'string' && alike.length > 1
        ? explainTogether(alike, reason, run)
        : alike.map((verdict) => explainVerdict(verdict, run)).join('\n'),
    )
    .join('\n');
};
