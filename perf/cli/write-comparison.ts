import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { CompareRequest } from '../compare/compare-request.ts';
import type { Comparison } from '../compare/comparison-record.ts';
import { comparisonMarkdown } from '../reports/comparison-markdown.ts';
import { renderComparisonPage } from '../reports/html/comparison-page.ts';
import { keepComparison } from './history/keep-comparison.ts';
import type { ComparePlan } from './read-comparison.ts';
import type { Environment } from './read-target.ts';
import { writeWhole } from './write-whole.ts';

/** Where a project's comparisons lie, beside its runs. */
export const comparisonDirectory = (root: string): string => join(root, '.perf', 'comparisons');

/** Of two environments a history of commits could say nothing. */
const isOfCommitsAlone = ({ opponents, serverEnvironments }: CompareRequest): boolean =>
  opponents.kind === 'commits' && isDeepStrictEqual(serverEnvironments.base, serverEnvironments.head);

/** Writes a comparison into `.perf`, its history and the files that were asked for, and says where. */
export const writeComparison = async (
  comparison: Comparison,
  plan: ComparePlan,
  environment: Environment,
): Promise<readonly string[]> => {
  const text = `${JSON.stringify(comparison, null, 2)}\n`;
  const folder = comparisonDirectory(plan.root);
  await mkdir(folder, { recursive: true });
  const kept = join(folder, `${plan.sessionId}.json`);
  await writeWhole(kept, text);
  if (plan.json !== null) await writeWhole(plan.json, text);
  if (plan.markdown !== null) await writeWhole(plan.markdown, comparisonMarkdown(comparison));
  if (plan.html !== null) await writeWhole(plan.html, renderComparisonPage(comparison));
  const written = [`Written: ${plan.json ?? kept}`];
  if (!isOfCommitsAlone(plan.request)) return written;
  const inHistory = await keepComparison(comparison, {
    root: plan.root,
    environment,
    confirmsChange: plan.confirmsChange,
  });
  if (inHistory.outcome === 'kept') written.push(`History: .perf/history/${inHistory.path}`);
  if (inHistory.outcome === 'failed') written.push(`No record in the history: ${inHistory.reason}`);
  return written;
};
