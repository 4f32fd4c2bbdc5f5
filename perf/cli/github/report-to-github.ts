import { appendFile } from 'node:fs/promises';
import type { Comparison } from '../../compare/comparison-record.ts';
import { comparisonMarkdown } from '../../reports/comparison-markdown.ts';
import { comparisonAnnotations } from '../../reports/github/comparison-annotations.ts';
import type { Environment } from '../read-target.ts';
import { appendSummary } from './append-summary.ts';

/** What later steps and jobs decide by; every value is on one line. */
const outputsOf = (comparison: Comparison): Readonly<Record<string, string>> => ({
  verdict: comparison.verdict,
  'needs-confirmation': String(comparison.awaitsConfirmation),
  base: comparison.base.commit ?? '',
});

/**
 * Where a comparison runs as a step of GitHub Actions: adds it to the job's summary and the step's outputs, and returns the
 * lines to print that become annotations.
 */
export const reportToGitHub = async (
  comparison: Comparison,
  environment: Environment,
): Promise<readonly string[]> => {
  const { GITHUB_OUTPUT: outputs = '' } = environment;
  const warnings = await appendSummary(comparisonMarkdown(comparison), environment);
  if (outputs !== '') {
    const lines = Object.entries(outputsOf(comparison)).map(([name, value]) => `${name}=${value}\n`);
    await appendFile(outputs, lines.join(''));
  }
  const annotations = environment['GITHUB_ACTIONS'] === 'true' ? comparisonAnnotations(comparison) : [];
  return [...annotations, ...warnings];
};
