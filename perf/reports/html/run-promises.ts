import { describeThreshold } from '../../harness/thresholds/describe-verdict.ts';
import { formatInterval } from '../../harness/thresholds/format-interval.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import { likelyCause } from '../../harness/thresholds/likely-cause.ts';
import type { Outcome, Verdict } from '../../harness/thresholds/verdict.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';

const words: Readonly<Record<Outcome, string>> = {
  met: '✓ kept',
  broken: '✗ broken',
  inconclusive: '? inconclusive',
  unjudged: '– not judged',
};

/** A verdict as a word with its sign, so that no meaning rests on its colour. */
export const outcomeMark = (outcome: Outcome): Markup =>
  markup`<span class="mark ${outcome}">${words[outcome]}</span>`;

const why = (verdict: Verdict, { failures }: Pick<RunRecord, 'failures'>): string => {
  switch (verdict.outcome) {
    case 'met':
      return '';
    case 'broken': {
      const cause = likelyCause(verdict, failures);
      return [verdict.reason, cause === null ? undefined : `likely: ${cause}`]
        .filter((part) => part !== undefined)
        .join('; ');
    }
    case 'inconclusive':
      return verdict.reason;
    default:
      return verdict satisfies never;
  }
};

const wide = (text: string): Markup | string =>
  text === '' ? '' : markup`<span class="wide">${text}</span>`;

/** Each promise of a run with what was observed, or what was not, and why. */
export const promisesTable = (record: Pick<RunRecord, 'verdicts' | 'failures'>): Markup | null => {
  const { verdicts } = record;
  if (verdicts.length === 0) return null;
  return htmlTable(
    'Promises',
    [
      { title: 'Promise' },
      { title: 'Verdict' },
      { title: 'Observed', align: 'right' },
      { title: 'Interval', align: 'right' },
      { title: 'Samples', align: 'right' },
      { title: 'Why' },
    ],
    verdicts.map((verdict) => {
      const { threshold, outcome, observed, interval, samples } = verdict;
      const { unit } = threshold.metric;
      return [
        describeThreshold(threshold),
        outcomeMark(outcome),
        formatQuantity(observed, unit),
        interval === undefined ? '' : formatInterval(interval, unit),
        samples.toLocaleString('en'),
        wide(why(verdict, record)),
      ];
    }),
  );
};
