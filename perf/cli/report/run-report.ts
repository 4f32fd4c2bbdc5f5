import { access } from 'node:fs/promises';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeCsv } from '../../reports/csv.ts';
import { renderers } from '../../reports/render-report.ts';
import type { SessionResult } from '../../reports/session-result.ts';
import { exitCodes } from '../exit-code.ts';
import { printProblems } from '../print-problems.ts';
import { onlyRun, renderOnlyRun, writeHtml } from '../write-html.ts';
import { writeWhole } from '../write-whole.ts';
import { readOutputFile } from '../read-output-file.ts';
import { readReportables, type Reportables } from './read-reportables.ts';
import { reportFormats, type ReportFormat, type ReportRequest } from './report-options.ts';

const isFormat = (given: string): given is ReportFormat =>
  (reportFormats as readonly string[]).includes(given);

const checkAttempts = async ({ csvSources }: Reportables, problems: string[]): Promise<void> => {
  for (const { record, attemptsFile } of csvSources) {
    try {
      await access(attemptsFile);
    } catch {
      problems.push(
        `The attempts of ${record.runId} are not at ${attemptsFile}. Copy that file there, or name its folder with --attempts.`,
      );
    }
  }
};

/** Pages of several runs lead to each other, so they need places. */
const checkPage = ({ only }: Reportables, output: string | null, problems: string[]): void => {
  if (only === null) problems.push('--format html shows one session. Give the files of one at a time.');
  else if (output === null && onlyRun(only) === null)
    problems.push('--format html makes a page for each of several runs. Say where with --output FILE.');
};

const write = (
  format: Exclude<ReportFormat, 'html'>,
  reportables: Reportables,
  output: Writable,
): Promise<void> =>
  format === 'csv'
    ? writeCsv(output, reportables.csvSources)
    : pipeline(Readable.from([renderers[format](reportables)]), output);

/** Into a file whole or not at all; on standard output, a reader that goes away early is no fault. */
const deliver = async (file: string | null, produce: (output: Writable) => Promise<void>): Promise<void> => {
  if (file === null) {
    const output = new PassThrough();
    const printed = pipeline(output, process.stdout, { end: false });
    await Promise.all([produce(output), printed]).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
    });
    return;
  }
  await writeWhole(file, produce);
};

const writePages = async (session: SessionResult, file: string | null): Promise<void> => {
  const run = onlyRun(session);
  if (file !== null) await writeHtml(file, session);
  else if (run !== null)
    await deliver(null, (output) => pipeline(Readable.from([renderOnlyRun(session, run)]), output));
};

/** Renders records again, and returns the exit code: nothing is measured, and nothing but the files named is read. */
export const runReport = async ({ files, options }: ReportRequest): Promise<number> => {
  const problems: string[] = [];
  const format = options.format ?? 'text';
  if (!isFormat(format)) {
    problems.push(`--format is "${format}", but must be one of ${reportFormats.join(', ')}.`);
  }
  if (options.attempts !== undefined && format !== 'csv') {
    problems.push('--attempts says where the rows of a CSV lie. Add --format csv, or leave it out.');
  }
  const output = await readOutputFile('--output', options.output, '', problems);
  const reportables = await readReportables(files, options.attempts, problems);
  if (!isFormat(format) || problems.length > 0) return printProblems(problems);
  if (format === 'csv') await checkAttempts(reportables, problems);
  if (format === 'html') checkPage(reportables, output, problems);
  if (problems.length > 0) return printProblems(problems);
  try {
    if (format === 'html') {
      if (reportables.only !== null) await writePages(reportables.only, output);
      return exitCodes.met;
    }
    await deliver(output, (stream) => write(format, reportables, stream));
  } catch (error) {
    return printProblems([
      `The report could not be written: ${error instanceof Error ? error.message : String(error)}.`,
    ]);
  }
  return exitCodes.met;
};
