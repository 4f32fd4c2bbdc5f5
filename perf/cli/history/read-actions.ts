import { describeRecord } from '../../reports/history/describe-record.ts';
import { filterRecords, historyRows } from '../../reports/history/history-rows.ts';
import { historyTable } from '../../reports/history/history-table.ts';
import { exitCodes } from '../exit-code.ts';
import { printProblems } from '../print-problems.ts';
import { readCount } from '../read-number.ts';
import type { HistoryOptions } from './history-options.ts';
import { openHistory } from './open-history.ts';
import { print } from './print.ts';
import { readFilter } from './read-filter.ts';

const defaultLines = 50;

/** Prints one line for each figure, newest first. */
export const runList = async (root: string, options: HistoryOptions): Promise<number> => {
  const problems: string[] = [];
  const filter = readFilter(options, problems);
  const limit = readCount('--limit', options.limit, 1, problems) ?? defaultLines;
  if (problems.length > 0) return printProblems(problems);
  const records = await openHistory(root);
  if (records === null) return exitCodes.notMeasured;
  if (options.json === true) {
    for (const record of filterRecords(records, filter)) process.stdout.write(`${JSON.stringify(record)}\n`);
    return exitCodes.met;
  }
  const rows = historyRows(records.toReversed(), filter);
  print([
    ...historyTable(rows.slice(0, limit)),
    ...(rows.length > limit ? [`… ${String(rows.length - limit)} more: --limit ${String(rows.length)}`] : []),
    ...(rows.length === 0 ? ['Nothing fits. Take a filter away, or add --all.'] : []),
  ]);
  return exitCodes.met;
};

/** Prints everything that is kept of a run, or of the runs of a commit. */
export const runShow = async (root: string, given: string): Promise<number> => {
  const records = await openHistory(root);
  if (records === null) return exitCodes.notMeasured;
  const found = records.filter(
    ({ runId, commit }) =>
      runId.startsWith(given) || (/^[0-9a-f]{4,}$/u.test(given) && commit.sha.startsWith(given)),
  );
  if (found.length === 0)
    return printProblems([
      `No run or commit here begins with "${given}". See "npm run perf:history -- list".`,
    ]);
  for (const [index, record] of found.entries())
    print([...(index > 0 ? [''] : []), ...describeRecord(record)]);
  return exitCodes.met;
};
