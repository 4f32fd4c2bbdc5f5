import { writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { redactData } from '../harness/record/redact-data.ts';
import type { Redact } from '../harness/record/redact.ts';
import type { RunRecord } from '../harness/record/run-record.ts';
import { renderRunPage } from '../reports/html/run-page.ts';
import { renderSessionPage } from '../reports/html/session-page.ts';
import { judgedRecords } from '../reports/judged-records.ts';
import type { SessionResult } from '../reports/session-result.ts';

/** `report.html` and the run `…-basic-1` make `report.basic-1.html`. */
const besideFile = (file: string, { runId, sessionId }: RunRecord): string => {
  const extension = extname(file);
  const run = runId.startsWith(`${sessionId}-`) ? runId.slice(sessionId.length + 1) : runId;
  return `${basename(file, extension)}.${run}${extension}`;
};

/** Writes a session as pages: the page of its run or, where there are several, one that leads to the page of each. */
export const writeHtml = async (file: string, session: SessionResult, redact: Redact): Promise<void> => {
  // Text by text: a page has scripts and hashes, in which nothing may be replaced.
  const shown = redactData(session, redact);
  const records = shown.scenarios.flatMap((scenario) => judgedRecords(scenario.records));
  const [only] = records;
  if (only !== undefined && records.length === 1 && shown.scenarios.length === 1) {
    await writeFile(file, renderRunPage(only));
    return;
  }
  for (const record of records) {
    await writeFile(join(dirname(file), besideFile(file, record)), renderRunPage(record));
  }
  await writeFile(
    file,
    renderSessionPage(shown, (record) => encodeURIComponent(besideFile(file, record))),
  );
};
