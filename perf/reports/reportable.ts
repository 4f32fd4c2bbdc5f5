import { parseVersioned, type Reading } from '../harness/record/parse-versioned.ts';
import { runRecordLayout } from '../harness/record/parse-run-record.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { sessionReportLayout, type SessionReport } from './session-report.ts';

/** What a report can be rendered from: one run, or a whole session as `--json` wrote it. */
export type Reportable = RunRecord | SessionReport;

/** Reads the text of a file that a run left behind; it may come from anywhere. */
export const parseReportable = (text: string): Reading<Reportable> =>
  parseVersioned<Reportable>(text, [runRecordLayout, sessionReportLayout]);
