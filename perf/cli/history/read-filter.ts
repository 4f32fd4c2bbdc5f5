import type { HistoryFilter } from '../../reports/history/history-rows.ts';
import type { HistoryOptions } from './history-options.ts';

const kinds = ['scenarios', 'comparison'] as const;

/** Reads the filter of `list`, and adds what is wrong with it to `problems`. */
export const readFilter = (options: HistoryOptions, problems: string[]): HistoryFilter => {
  const kind = kinds.find((known) => known === options.kind) ?? null;
  if (options.kind !== undefined && kind === null)
    problems.push(`--kind is "${options.kind}", but must be one of ${kinds.join(', ')}.`);
  if (options.since !== undefined && !/^\d{4}-\d{2}-\d{2}$/u.test(options.since))
    problems.push(`--since is "${options.since}", but must be a day such as 2026-11-22.`);
  if (options.commit !== undefined && !/^[0-9a-f]{4,64}$/u.test(options.commit))
    problems.push(
      `--commit is "${options.commit}", but must be at least the first 4 digits of a commit’s id.`,
    );
  return {
    scenario: options.scenario ?? null,
    metric: options.metric ?? null,
    commit: options.commit ?? null,
    kind,
    since: options.since ?? null,
    branch: options.on ?? null,
    wantsAll: options.all === true,
  };
};
