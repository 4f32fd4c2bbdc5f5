import { appendFile } from 'node:fs/promises';
import { annotation } from '../../reports/github/annotation.ts';
import type { Environment } from '../read-target.ts';

/**
 * Adds Markdown to the job's summary, where there is one; returns the line to print where GitHub does not take it, since
 * no exit code depends on it.
 */
export const appendSummary = async (
  markdown: string,
  { GITHUB_STEP_SUMMARY: file = '' }: Environment,
): Promise<readonly string[]> => {
  if (file === '') return [];
  try {
    await appendFile(file, markdown);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [annotation('warning', 'No job summary', `The job’s summary could not be written: ${reason}`)];
  }
};
