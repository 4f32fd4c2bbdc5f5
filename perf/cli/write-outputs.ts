import { appendFile, writeFile } from 'node:fs/promises';
import { writeCsv } from '../reports/csv.ts';
import { githubSummary } from '../reports/github-summary.ts';
import { jsonReport } from '../reports/json.ts';
import type { Redact } from '../harness/record/redact.ts';
import type { SessionResult } from '../reports/session-result.ts';
import { textReport } from '../reports/text.ts';
import type { RunPlan } from './read-plan.ts';
import { writeHtml } from './write-html.ts';

interface Output {
  readonly file: string | null;
  readonly write: (file: string) => Promise<void>;
}

/** Writes every report that was asked for, and returns one line for each: where it is, or why it is not. */
export const writeOutputs = async (
  session: SessionResult,
  options: {
    readonly outputs: RunPlan['outputs'];
    readonly exitCode: number;
    readonly redact: Redact;
    /** GitHub's $GITHUB_STEP_SUMMARY. */
    readonly summaryFile: string | null;
  },
): Promise<{ readonly written: readonly string[]; readonly failed: readonly string[] }> => {
  const { outputs, exitCode, redact, summaryFile } = options;
  const list: readonly Output[] = [
    { file: outputs.csv, write: (file) => writeCsv(file, session, redact) },
    { file: outputs.text, write: (file) => writeFile(file, redact(textReport(session))) },
    { file: outputs.json, write: (file) => writeFile(file, jsonReport(session, exitCode, redact)) },
    { file: outputs.html, write: (file) => writeHtml(file, session, redact) },
    { file: summaryFile, write: (file) => appendFile(file, redact(githubSummary(session))) },
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
