import { basename, dirname, extname, join } from 'node:path';
import type { RunRecord } from '../harness/record/run-record.ts';
import { renderRunPage } from '../reports/html/run-page.ts';
import { renderSessionPage } from '../reports/html/session-page.ts';
import { judgedRecords } from '../reports/judged-records.ts';
import { otherFailures } from '../reports/other-failures.ts';
import type { SessionResult } from '../reports/session-result.ts';
import { writeWhole } from './write-whole.ts';

/** `report.html` and the run `…-basic-1` make `report.basic-1.html`; a record may come from anywhere, and names no place. */
const besideFile = (file: string, { runId, sessionId }: RunRecord): string => {
  const extension = extname(file);
  const run = runId.startsWith(`${sessionId}-`) ? runId.slice(sessionId.length + 1) : runId;
  return `${basename(file, extension)}.${run.replaceAll(/[/\\\p{Cc}]/gu, '_')}${extension}`;
};

/** The run of a session that has only one; null where a page has to lead to several. */
export const onlyRun = ({ scenarios }: SessionResult): RunRecord | null => {
  const records = scenarios.flatMap((scenario) => judgedRecords(scenario.records));
  return records.length === 1 && scenarios.length === 1 ? (records[0] ?? null) : null;
};

/** The page of a session's only run. */
export const renderOnlyRun = ({ scenarios }: SessionResult, run: RunRecord): string =>
  renderRunPage(run, scenarios.flatMap(otherFailures));

/** Writes a session as pages: the page of its run or, where there are several, one that leads to the page of each. */
export const writeHtml = async (file: string, session: SessionResult): Promise<void> => {
  const only = onlyRun(session);
  if (only !== null) {
    await writeWhole(file, renderOnlyRun(session, only));
    return;
  }
  for (const scenario of session.scenarios) {
    for (const record of judgedRecords(scenario.records)) {
      const page = renderRunPage(record, otherFailures(scenario));
      await writeWhole(join(dirname(file), besideFile(file, record)), page);
    }
  }
  await writeWhole(
    file,
    renderSessionPage(session, (record) => encodeURIComponent(besideFile(file, record))),
  );
};
