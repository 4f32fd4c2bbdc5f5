import { describeThreshold } from '../harness/thresholds/describe-verdict.ts';
import { formatQuantity } from '../harness/thresholds/format-quantity.ts';
import type { Verdict } from '../harness/thresholds/verdict.ts';
import type { RunRecord } from '../harness/record/run-record.ts';

const observed = ({ threshold, observed: value }: Verdict): string =>
  `${describeThreshold(threshold)}, observed ${formatQuantity(value, threshold.metric.unit)}`;

const promises = (count: number): string => `${String(count)} promise${count === 1 ? '' : 's'}`;

/** The run in one sentence, for who reads no more: `1 of 3 promises broken: average connect time < 500 ms, observed 712 ms.` */
export const verdictSentence = ({ verdicts, outcome }: Pick<RunRecord, 'verdicts' | 'outcome'>): string => {
  const ofOutcome = verdicts.filter((verdict) => verdict.outcome === outcome);
  const [first] = ofOutcome;
  const more = ofOutcome.length > 1 ? `, and ${String(ofOutcome.length - 1)} more` : '';
  switch (outcome) {
    case 'met':
      return verdicts.length === 1 ? 'The promise was kept.' : `All ${promises(verdicts.length)} were kept.`;
    case 'broken':
      return first === undefined
        ? 'A promise was broken.'
        : `${String(ofOutcome.length)} of ${promises(verdicts.length)} broken: ${observed(first)}${more}.`;
    case 'inconclusive':
      return first === undefined
        ? 'Inconclusive, which is not a pass.'
        : `Inconclusive, which is not a pass: ${String(ofOutcome.length)} of ${promises(verdicts.length)} could not be judged: ${describeThreshold(first.threshold)}${more}.`;
    case 'unjudged':
      return 'Measured, and not judged: no promise was stated.';
    default:
      return outcome satisfies never;
  }
};
