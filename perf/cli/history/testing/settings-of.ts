import type { HistorySettings } from '../read-history-settings.ts';

/** The settings of a clone that says nothing of its history. */
export const settingsOf = (root: string): HistorySettings => ({
  history: { cwd: root, remote: 'origin', branch: 'perf-data' },
  policy: { keepDays: 90, keepPerMonth: 30 },
  pushPolicy: null,
});
