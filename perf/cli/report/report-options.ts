import type { Command } from 'commander';

/** What can be rendered from a record again. */
export const reportFormats = ['text', 'html', 'csv', 'junit', 'markdown'] as const;

/** A format of `--format`. */
export type ReportFormat = (typeof reportFormats)[number];

/** The options of `report` as they were typed; nothing is checked yet. */
export interface ReportOptions {
  readonly format?: string;
  readonly output?: string;
  readonly attempts?: string;
}

/** What to render, and how. */
export interface ReportRequest {
  readonly files: readonly string[];
  readonly options: ReportOptions;
}

/** Declares `report` and tells `choose` what was asked. */
export const addReportCommand = (program: Command, choose: (request: ReportRequest) => void): void => {
  program
    .command('report')
    .description('render the records of runs again, on any machine')
    .argument('<records...>', 'records of runs (.perf/runs/*.json), or what --json wrote')
    .option('--format <format>', `${reportFormats.join(', ')} (default: text)`)
    .option('--output <file>', 'where to write it (default: standard output)')
    .option('--attempts <folder>', 'csv: where the files of attempts lie (default: beside each record)')
    .action((files: readonly string[], options: ReportOptions) => {
      choose({ files, options });
    });
};
