import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { parseComparison } from '../../compare/comparison-file.ts';
import type { Comparison } from '../../compare/comparison-record.ts';
import { rebuildComparison } from '../../compare/rebuild-comparison.ts';

/** A comparison of a stranger, rebuilt from its numbers; that there is none; or why it can not be used. */
export type UntrustedReading =
  | { readonly outcome: 'read'; readonly comparison: Comparison }
  | { readonly outcome: 'absent' }
  | { readonly outcome: 'unusable'; readonly reason: string };

/** Thirty times as much as a comparison of all metrics at the last look. */
const largestFileBytes = 1_048_576;

type PlainFile = { readonly text: string } | { readonly reason: string };

const readPlainFile = async (file: string): Promise<PlainFile> => {
  // No link: it would lead out of the folder that the artifact was unpacked into.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  const found = await handle.stat();
  if (!found.isFile()) return { reason: 'it is no file' };
  if (found.size > largestFileBytes) return { reason: 'it is larger than 1 MiB' };
  return { text: await handle.readFile('utf8') };
};

/** Reads a comparison out of an artifact that code of a pull request may have written. */
export const readUntrustedComparison = async (file: string): Promise<UntrustedReading> => {
  let content: PlainFile;
  try {
    content = await readPlainFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { outcome: 'absent' };
    return { outcome: 'unusable', reason: `it can not be read (${code ?? 'unknown'})` };
  }
  if ('reason' in content) return { outcome: 'unusable', reason: content.reason };
  const parsed = parseComparison(content.text);
  if (parsed.outcome === 'unreadable') return { outcome: 'unusable', reason: parsed.reason };
  const rebuilt = rebuildComparison(parsed.comparison);
  return rebuilt.outcome === 'rebuilt'
    ? { outcome: 'read', comparison: rebuilt.comparison }
    : { outcome: 'unusable', reason: `it contradicts itself: ${rebuilt.reason}` };
};
