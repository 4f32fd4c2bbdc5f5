import { describeFailures } from '../../harness/thresholds/describe-verdict.ts';
import { causeOfFailure } from '../../harness/thresholds/likely-cause.ts';
import type { FailureCount } from '../../harness/record/run-record.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';

/** Failures by reason, the most frequent first: what most likely lies behind them, what the peer said, and how many. */
export const failuresTable = (failures: readonly FailureCount[]): Markup | null => {
  if (failures.length === 0) return null;
  const sorted = failures.toSorted((a, b) => b.count - a.count);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  return htmlTable(
    'Failures by reason',
    [
      { title: 'Reason, and what most likely lies behind it' },
      { title: 'Failures', align: 'right' },
      { title: 'Share' },
    ],
    sorted.map((failure) => {
      const { count, reason, detail } = failure;
      const percent = ((count / total) * 100).toFixed(1);
      // Without the number, which has a column of its own.
      const name = describeFailures([failure]).replace(` ${String(count)}`, '');
      return [
        markup`${name}<br><span class="soft">${causeOfFailure(reason)}${detail === null ? null : markup`<br>said: ${detail}`}</span>`,
        count.toLocaleString('en'),
        markup`${percent} %<svg class="bar" aria-hidden="true"><rect width="${percent}%" height="100%" /></svg>`,
      ];
    }),
  );
};
