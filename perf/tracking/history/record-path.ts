import type { HistoryRecord } from './history-record.ts';

// Year, month, commit, run and attempt. Nothing that could leave the folder fits in.
const pattern = /^runs\/\d{4}\/(?:0[1-9]|1[0-2])\/[0-9a-f]{7,64}-[\w.]+(?:-[\w.]+)*-[1-9]\d*\.json$/u;

/** Where a record lies, in the branch as in `.perf/history`: `runs/YYYY/MM/<sha>-<runId>-<attempt>.json`. */
export const recordPath = ({
  startedAt,
  commit,
  runId,
  attempt,
}: Pick<HistoryRecord, 'startedAt' | 'commit' | 'runId' | 'attempt'>): string =>
  `runs/${startedAt.slice(0, 4)}/${startedAt.slice(5, 7)}/${commit.sha}-${runId}-${String(attempt)}.json`;

/** Whether a path of the branch is one that a record may have; all others are left alone. */
export const isRecordPath = (path: string): boolean => path.length <= 250 && pattern.test(path);
