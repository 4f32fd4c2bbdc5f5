import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSettings } from '../settings.ts';

/** The records that a scenario of this session has written, in order; absolute paths. */
export const findRecords = async (
  { recordDirectory, sessionId }: Pick<SessionSettings, 'recordDirectory' | 'sessionId'>,
  scenario: string,
): Promise<readonly string[]> => {
  const files = await readdir(recordDirectory).catch((): string[] => []);
  return files
    .filter((file) => file.startsWith(`${sessionId}-${scenario}-`) && file.endsWith('.json'))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => join(recordDirectory, file));
};
