import type { RunRecord } from '../harness/record/run-record.ts';

/** The runs that stand for a scenario: those it judged, without the mere steps of another one; all when none was judged. */
export const judgedRecords = (records: readonly RunRecord[]): readonly RunRecord[] => {
  const judged = records.filter(({ verdicts, capacity }) => verdicts.length > 0 || capacity !== null);
  return judged.length > 0 ? judged : records;
};
