import type { FailureCount } from '../harness/record/run-record.ts';
import { describeFailures } from '../harness/thresholds/describe-verdict.ts';
import { causeOfFailure } from '../harness/thresholds/likely-cause.ts';
import { printableLine } from './printable.ts';
import { wrap } from './wrap.ts';

const failureLine = (failure: FailureCount, width: number): readonly string[] => {
  const detail = failure.detail === null ? '' : ` – ${printableLine(failure.detail)}`;
  return wrap(`  ${describeFailures([failure])}${detail}`, width, '    ');
};

/** Failures by reason, the most frequent first, each reason with what most likely lies behind it. */
export const failureLines = (failures: readonly FailureCount[], width: number): readonly string[] => {
  if (failures.length === 0) return [];
  const sorted = failures.toSorted((a, b) => b.count - a.count);
  const lines = ['Failures by reason:'];
  for (const [reason, alike] of Map.groupBy(sorted, (failure) => failure.reason)) {
    lines.push(...alike.flatMap((failure) => failureLine(failure, width)));
    lines.push(...wrap(`    likely: ${causeOfFailure(reason)}`, width, '      '));
  }
  return lines;
};
