import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mapTexts } from '../../harness/record/map-texts.ts';
import { csvSources } from '../../reports/csv-sources.ts';
import type { CsvSource } from '../../reports/csv.ts';
import { printable } from '../../reports/printable.ts';
import type { ReportContent } from '../../reports/render-report.ts';
import { parseReportable } from '../../reports/reportable.ts';
import {
  scenariosOfRecords,
  sessionOfRecords,
  type RecordOnFile,
} from '../../reports/scenarios-of-records.ts';
import { sessionOf } from '../../reports/session-report.ts';
import type { SessionResult } from '../../reports/session-result.ts';
import { messageOf } from '../message-of.ts';

/** Never shown, and long. */
const unreadTexts: ReadonlySet<string> = new Set(['histogram']);

/** What files held: enough for any report. */
export interface Reportables extends ReportContent {
  /** Runs with their attempts, beside the file that told of them unless a folder was given. */
  readonly csvSources: readonly CsvSource[];
  /** What a page can show: one session, or the records of one; null where there are several. */
  readonly only: SessionResult | null;
}

/** Reads records and sessions; of each file that holds neither, one problem. */
export const readReportables = async (
  files: readonly string[],
  attemptsFolder: string | undefined,
  problems: string[],
): Promise<Reportables> => {
  const sessions: SessionResult[] = [];
  const records: RecordOnFile[] = [];
  const sources: CsvSource[] = [];
  for (const file of files) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      problems.push(
        `${file} can not be read: ${messageOf(error)}. Give a record of a run, or a file of --json.`,
      );
      continue;
    }
    const reading = parseReportable(text);
    if (reading.outcome === 'unreadable') {
      problems.push(`${file} can not be rendered: ${reading.reason}.`);
      continue;
    }
    const folder = attemptsFolder ?? dirname(file);
    // A record that was made by hand may say anything anywhere.
    const value = mapTexts(reading.value, printable, unreadTexts);
    if (value.schema === 'ws-perf-gate/session') {
      const session = sessionOf(value);
      sessions.push(session);
      sources.push(...csvSources(session, folder));
    } else {
      const record = { record: value, recordFile: file };
      records.push(record);
      sources.push(...csvSources({ scenarios: scenariosOfRecords([record]) }, folder));
    }
  }
  const all = [sessions, sessionOfRecords(records) ?? []].flat();
  return {
    sessions,
    scenarios: scenariosOfRecords(records),
    csvSources: sources,
    only: all.length === 1 ? (all[0] ?? null) : null,
  };
};
