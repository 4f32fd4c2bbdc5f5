import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { comparisonSchema, comparisonVersion, type Comparison } from './comparison-record.ts';

/** A comparison from a file, or why it can not be read. */
export type ComparisonFileReading =
  | { readonly outcome: 'read'; readonly comparison: Comparison }
  | { readonly outcome: 'unreadable'; readonly reason: string };

/** Larger files are none of ours, bytes. */
const largestFileBytes = 16 * 1_048_576;

/** Checks a text that should be a comparison; it may come from anywhere. */
export const parseComparison = (text: string): ComparisonFileReading => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { outcome: 'unreadable', reason: 'it is not JSON' };
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > comparisonVersion) {
    return {
      outcome: 'unreadable',
      reason: `it was written by a newer version of ws-perf-gate (layout ${String(version)}, known up to ${String(comparisonVersion)}). Update ws-perf-gate`,
    };
  }
  const parsed = comparisonSchema.safeParse(value);
  if (parsed.success) return { outcome: 'read', comparison: parsed.data };
  const [first] = z.prettifyError(parsed.error).split('\n');
  return { outcome: 'unreadable', reason: `it is not a comparison: ${first ?? 'its fields are others'}` };
};

/** Reads a comparison that `--json` wrote. */
export const readComparison = async (file: string): Promise<ComparisonFileReading> => {
  try {
    const content = await readFile(file);
    if (content.length > largestFileBytes) return { outcome: 'unreadable', reason: 'it is too large' };
    return parseComparison(content.toString('utf8'));
  } catch (error) {
    return { outcome: 'unreadable', reason: error instanceof Error ? error.message : String(error) };
  }
};
