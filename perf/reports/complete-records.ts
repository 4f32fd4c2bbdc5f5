import type { RunRecord } from '../harness/record/run-record.ts';
import type { ScenarioResult } from './session-result.ts';

/** Writes a record anew, in the place of the one that this file holds. */
export type RewriteRecord = (file: string, record: RunRecord) => Promise<unknown>;

/**
 * Writes the records of a scenario anew: its test knew its promises alone, and not what became of it. Gives a line for each that
 * could not be written.
 */
export const completeRecords = async (
  { records, recordFiles }: Pick<ScenarioResult, 'records' | 'recordFiles'>,
  rewrite: RewriteRecord,
): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const [index, record] of records.entries()) {
    const file = recordFiles[index];
    if (file === undefined) continue;
    try {
      await rewrite(file, record);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(
        `${file} does not say what became of its scenario, since it could not be written: ${reason}`,
      );
    }
  }
  return problems;
};
