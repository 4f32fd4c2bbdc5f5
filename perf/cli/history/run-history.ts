import { HistoryError } from '../../tracking/history/history-error.ts';
import { messageOf } from '../message-of.ts';
import { printProblems } from '../print-problems.ts';
import { runCheckOrChart } from './run-check-or-chart.ts';
import type { HistoryRequest } from './history-options.ts';
import { runList, runShow } from './read-actions.ts';
import { readHistorySettings, type HistorySettings } from './read-history-settings.ts';
import { runPrune, runPull, runPush } from './store-actions.ts';

const act = async (
  { action, given, options }: HistoryRequest,
  settings: HistorySettings,
  root: string,
): Promise<number> => {
  switch (action) {
    case 'push':
      return runPush(settings, root);
    case 'pull':
      return runPull(settings, root);
    case 'prune':
      return runPrune(settings, root, options);
    case 'list':
      return runList(root, options);
    case 'show':
      return runShow(root, given ?? '');
    case 'check':
    case 'chart':
    case 'overview':
      return runCheckOrChart(action, root, options, settings.history);
    default:
      return action satisfies never;
  }
};

/** Does what was asked for with the history, and returns the exit code. */
export const runHistory = async (request: HistoryRequest, root: string): Promise<number> => {
  const problems: string[] = [];
  const settings = await readHistorySettings(request.options, root, problems);
  if (problems.length > 0) return printProblems(problems);
  try {
    return await act(request, settings, root);
  } catch (error) {
    if (error instanceof HistoryError) return printProblems([messageOf(error)]);
    throw error;
  }
};
