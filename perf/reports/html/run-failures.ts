import { describeFailures } from '../../harness/thresholds/describe-verdict.ts';
import { causeOfFailure } from '../../harness/thresholds/likely-cause.ts';
import type { FailureCount } from '../../harness/record/run-record.ts';
import { htmlTable } from './html-table.ts';
import { markup, type Markup } from './markup.ts';

/** Failures by reason, the most frequent first: how many, what most likely lies behind them, and what the peer said. */
export const failuresTable = (failures: readonly FailureCount[]): Markup | null => {
  if (failures.length === 0) return null;
  const sorted = failures.toSorted((a, b) => b.count - a.count);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  return htmlTable(
    'Failures by reason',
    [
      { title: 'Reason' },
      { title: 'Failures', align: 'right' },
      { title: 'Share' },
      { title: 'Likely cause' },
      { title: 'What was said' },
    ],
    sorted.map((failure) => {
      const { count, reason, detail } = failure;
      const percent = ((count / total) * 100).toFixed(1);
      return [
        // Without the number, which has a column of its own.
        describeFailures([failure]).replace(` ${String(count)}`, ''),
        count.toLocaleString('en'),
        markup`${percent} %<svg class="bar" aria-hidden="true"><rect width="${percent}%" height="100%" /></svg>`,
        markup`<span class="wide">${causeOfFailure(reason)}</span>`,
        markup`<span class="wide">${detail ?? ''}</span>`,
      ];
    }),
  );
};
