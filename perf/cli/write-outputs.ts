import { createWriteStream } from 'node:fs';
import { appendFile, stat, writeFile } from 'node:fs/promises';
import { csvSources } from '../reports/csv-sources.ts';
import { writeCsv } from '../reports/csv.ts';
import { githubSummary, summaryLimitBytes } from '../reports/github-summary.ts';
import { jsonReport } from '../reports/json.ts';
import { junitReport } from '../reports/junit.ts';
import type { SessionResult } from '../reports/session-result.ts';
import { textReport } from '../reports/text.ts';
import type { RunPlan } from './read-plan.ts';
import { writeHtml } from './write-html.ts';

interface Output {
  readonly file: string | null;
  readonly write: (file: string) => Promise<void>;
}

/** The summary file of a step may hold something already, and has one limit for all of it. */
const appendSummary = async (file: string, session: SessionResult): Promise<void> => {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  await appendFile(file, githubSummary(session, summaryLimitBytes - size));
};

/** Writes every report that was asked for, and returns one line for each: where it is, or why it is not. */
export const writeOutputs = async (
  session: SessionResult,
  options: {
    readonly outputs: RunPlan['outputs'];
    readonly exitCode: number;
    /** GitHub's $GITHUB_STEP_SUMMARY. */
    readonly summaryFile: string | null;
  },
): Promise<{ readonly written: readonly string[]; readonly failed: readonly string[] }> => {
  const { outputs, exitCode, summaryFile } = options;
  const list: readonly Output[] = [
    { file: outputs.csv, write: (file) => writeCsv(createWriteStream(file), csvSources(session)) },
    { file: outputs.text, write: (file) => writeFile(file, textReport(session)) },
    { file: outputs.json, write: (file) => writeFile(file, jsonReport(session, exitCode)) },
    { file: outputs.junit, write: (file) => writeFile(file, junitReport(session.scenarios, session.faults)) },
    { file: summaryFile, write: (file) => appendSummary(file, session) },
    { file: outputs.html, write: (file) => writeHtml(file, session) },
  ];
  const written: string[] = [];
  const failed: string[] = [];
  for (const { file, write } of list) {
    if (file === null) continue;
    try {
      await write(file);
      written.push(`Written: ${file}`);
    } catch (error) {
      failed.push(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { written, failed };
};
