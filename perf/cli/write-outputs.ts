import { appendFile, stat } from 'node:fs/promises';
import { csvSources } from '../reports/csv-sources.ts';
import { writeCsv } from '../reports/csv.ts';
import { githubSummary, summaryLimitBytes } from '../reports/github-summary.ts';
import { jsonReport } from '../reports/json.ts';
import { junitReport } from '../reports/junit.ts';
import type { SessionResult } from '../reports/session-result.ts';
import { textReport } from '../reports/text.ts';
import type { RunPlan } from './read-plan.ts';
import { writeHtml } from './write-html.ts';
import { writeWhole } from './write-whole.ts';

interface Output {
  readonly file: string | null;
  readonly write: (file: string) => Promise<void>;
  /** Nobody asked for it: what becomes of it does not touch the exit code. */
  readonly isExtra?: true;
}

/** The summary file of a step may hold something already, and has one limit for all of it. */
const appendSummary = async (file: string, session: SessionResult): Promise<void> => {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  await appendFile(file, githubSummary(session, summaryLimitBytes - size));
};

/**
 * Writes every report, and returns one line for each: where it is, or why it is not. `failed` is of those that were asked
 * for, `warnings` of GitHub's job summary, on which no verdict depends.
 */
export const writeOutputs = async (
  session: SessionResult,
  options: {
    readonly outputs: RunPlan['outputs'];
    readonly exitCode: number;
    /** GitHub's $GITHUB_STEP_SUMMARY. */
    readonly summaryFile: string | null;
  },
): Promise<Readonly<Record<'written' | 'failed' | 'warnings', readonly string[]>>> => {
  const { outputs, exitCode, summaryFile } = options;
  const list: readonly Output[] = [
    {
      file: outputs.csv,
      write: (file) => writeWhole(file, (output) => writeCsv(output, csvSources(session))),
    },
    { file: outputs.text, write: (file) => writeWhole(file, textReport(session)) },
    { file: outputs.json, write: (file) => writeWhole(file, jsonReport(session, exitCode)) },
    {
      file: outputs.junit,
      write: (file) => writeWhole(file, junitReport(session.scenarios, session.faults)),
    },
    { file: summaryFile, write: (file) => appendSummary(file, session), isExtra: true },
    { file: outputs.html, write: (file) => writeHtml(file, session) },
  ];
  const written: string[] = [];
  const failed: string[] = [];
  const warnings: string[] = [];
  for (const { file, write, isExtra } of list) {
    if (file === null) continue;
    try {
      await write(file);
      written.push(`Written: ${file}`);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      (isExtra === true ? warnings : failed).push(`${file} could not be written: ${reason}`);
    }
  }
  return { written, failed, warnings };
};
