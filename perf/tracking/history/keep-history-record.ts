import { historyRecordSchema, type HistoryRecord } from './history-record.ts';
import { writeLocalRecord } from './local-records.ts';
import { recordPath } from './record-path.ts';

/**
 * Writes a record into the folder, checked by the schema that reads it, and returns its path inside.
 * @throws Error when it breaks the schema, or its path is taken.
 */
export const keepHistoryRecord = (directory: string, record: HistoryRecord): string => {
  const path = recordPath(record);
  const checked = historyRecordSchema.parse(record);
  if (!writeLocalRecord(directory, path, `${JSON.stringify(checked)}\n`)) {
    throw new Error(`There is a record at ${path} already, and no record is ever rewritten.`);
  }
  return path;
};
