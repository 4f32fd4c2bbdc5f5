import type { HistoryRecord } from '../../tracking/history/history-record.ts';
import { historyDirectory } from '../../tracking/history/local-records.ts';
import { readHistory } from '../../tracking/history/read-history.ts';
import { printProblems } from '../print-problems.ts';
import { printWarnings } from './print.ts';

/** The local history, each file that is no record named. */
export const readLocalHistory = async (root: string): Promise<readonly HistoryRecord[]> => {
  const { records, unreadable } = await readHistory(historyDirectory(root));
  printWarnings(unreadable.map(({ path, reason }) => `${path} was skipped: ${reason}`));
  return records;
};

/** The same; null, and said so, where there is none. */
export const openHistory = async (root: string): Promise<readonly HistoryRecord[] | null> => {
  const records = await readLocalHistory(root);
  if (records.length > 0) return records;
  printProblems([
    `There is no record in ${historyDirectory(root)}. Measure with "npm run perf", or bring the records of others with "npm run perf:history -- pull".`,
  ]);
  return null;
};
