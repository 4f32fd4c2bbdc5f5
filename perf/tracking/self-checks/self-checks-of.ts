import type { HistoryRecord } from '../history/history-record.ts';
import type { SelfCheck } from './judge-self-checks.ts';

/** Of which project, on which machines: a gate is judged for each by itself. */
export type SelfCheckPlace = { readonly project: string; readonly runnerClass: string };

/** The gates of a server against itself that a history holds. */
export const selfChecksOf = (
  records: readonly HistoryRecord[],
  { project, runnerClass }: SelfCheckPlace,
): readonly SelfCheck[] =>
  records.flatMap((record) =>
    record.kind === 'comparison' &&
    record.base.role === 'self' &&
    !record.commit.isDirty &&
    record.project === project &&
    record.machine.runnerClass === runnerClass
      ? [{ startedAt: record.startedAt, hasFailed: record.verdict === 'fail' }]
      : [],
  );
