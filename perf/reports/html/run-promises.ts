import { describeThreshold } from '../../harness/thresholds/describe-verdict.ts';
import { formatInterval } from '../../harness/thresholds/format-interval.ts';
import { formatQuantity } from '../../harness/thresholds/format-quantity.ts';
import { likelyCause } from '../../harness/thresholds/likely-cause.ts';
import type { Outcome, Verdict } from '../../harness/thresholds/verdict.ts';
import type { RunRecord } from '../../harness/record/run-record.ts';
import { gradeLines } from '../grade-lines.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';

const signs: Readonly<Record<Outcome, string>> = { met: '✓', broken: '✗', inconclusive: '?', unjudged: '–' };
const words: Readonly<Record<Outcome, string>> = {
  met: 'kept',
  broken: 'broken',
  inconclusive: 'inconclusive',
  unjudged: 'not judged',
};

/** The sign of a verdict, beside words that say the same. */
export const outcomeSign = (outcome: Outcome): Markup =>
  markup`<span class="mark ${outcome}" aria-hidden="true">${signs[outcome]}</span>`;

/** A verdict as a word with its sign, so that no meaning rests on its colour. */
const outcomeMark = (outcome: Outcome): Markup =>
  markup`<span class="mark ${outcome}">${signs[outcome]} ${words[outcome]}</span>`;

const why = (verdict: Verdict, { failures }: Pick<RunRecord, 'failures'>): string => {
  switch (verdict.outcome) {
    case 'met':
      return '';
    case 'broken': {
      const cause = likelyCause(verdict, failures);
      const parts = [verdict.reason ?? null, cause === null ? null : `likely: ${cause}`];
      return parts.filter((part) => part !== null).join('; ');
    }
    case 'inconclusive':
      return verdict.reason;
    default:
      return verdict satisfies never;
  }
};

/** What lies behind promises that were not kept; those with the same reason share a line. */
const reasons = (record: Pick<RunRecord, 'verdicts' | 'failures'>): Markup => {
  const byReason = Map.groupBy(record.verdicts, (verdict) => why(verdict, record));
  byReason.delete('');
  const items = [...byReason].map(([reason, verdicts]) => {
    const names = verdicts.map(({ threshold }) => describeThreshold(threshold)).join(', ');
    return markup`<li><strong>${names}</strong>: ${reason}</li>`;
  });
  return items.length === 0 ? markup`` : markup`<ul>${items}</ul>`;
};

/** Each promise of a run with what was observed, and why it was not kept; null where none was stated. */
export const promises = (record: Pick<RunRecord, 'verdicts' | 'failures'>): Markup | null => {
  const { verdicts } = record;
  if (verdicts.length === 0) return null;
  const rows = verdicts.map(({ threshold, outcome, observed, interval, samples }) => {
    const { unit } = threshold.metric;
    return [
      describeThreshold(threshold),
      outcomeMark(outcome),
      formatQuantity(observed, unit),
      interval === undefined ? '' : formatInterval(interval, unit),
      samples.toLocaleString('en'),
    ];
  });
  const table = htmlTable(
    'Promises',
    [
      { title: 'Promise' },
      { title: 'Verdict' },
      { title: 'Observed', align: 'right' },
      { title: 'Interval', align: 'right' },
      { title: 'Samples', align: 'right' },
    ],
    rows,
  );
  return markup`${table}${reasons(record)}`;
};

/** Each of the guide's benchmarks that the grade came from, with its figure; null where there is none. */
export const benchmarks = ({ grade }: Pick<RunRecord, 'grade'>): Markup | null => {
  const [, ...lines] = gradeLines(grade);
  return lines.length === 0 ? null : markup`<ul>${lines.map((line) => markup`<li>${line}</li>`)}</ul>`;
};
