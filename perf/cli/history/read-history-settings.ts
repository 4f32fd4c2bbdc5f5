import { defaultHistoryBranch, type HistoryBranch } from '../../tracking/history/history-branch.ts';
import type { KeepPolicy } from '../../tracking/history/keep-policy.ts';
import { readProjectSettings, type ProjectSettings } from '../../tracking/history/project-settings.ts';
import { readCount } from '../read-number.ts';
import type { HistoryOptions } from './history-options.ts';

/** Where the history is kept and how long, from the command line, else the project's package.json, else the defaults. */
export interface HistorySettings {
  readonly history: HistoryBranch;
  /** What `prune` goes by. */
  readonly policy: KeepPolicy;
  /** What every `push` goes by: null unless package.json states how long records are kept. */
  readonly pushPolicy: KeepPolicy | null;
}

const defaultPolicy: KeepPolicy = { keepDays: 90, keepPerMonth: 30 };

const readProject = async (root: string, problems: string[]): Promise<ProjectSettings> => {
  const reading = await readProjectSettings(root);
  if (reading.outcome === 'read') return reading.settings;
  problems.push(reading.problem);
  return {};
};

/** Reads the settings, and adds what is wrong with them to `problems`. */
export const readHistorySettings = async (
  options: HistoryOptions,
  root: string,
  problems: string[],
): Promise<HistorySettings> => {
  const project = await readProject(root, problems);
  const keepDays = readCount('--keep-days', options.keepDays, 0, problems);
  const keepPerMonth = readCount('--keep-per-month', options.keepPerMonth, 0, problems);
  const stated: KeepPolicy = {
    keepDays: project.keepDays ?? defaultPolicy.keepDays,
    keepPerMonth: project.keepPerMonth ?? defaultPolicy.keepPerMonth,
  };
  const isStated = project.keepDays !== undefined || project.keepPerMonth !== undefined;
  return {
    history: {
      cwd: root,
      remote: options.remote ?? project.remote ?? 'origin',
      branch: options.branch ?? project.branch ?? defaultHistoryBranch,
    },
    policy: { keepDays: keepDays ?? stated.keepDays, keepPerMonth: keepPerMonth ?? stated.keepPerMonth },
    pushPolicy: isStated ? stated : null,
  };
};
