import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSettings } from '../settings.ts';

/** The records that a scenario of this session has written, in order; absolute paths. */
export const findRecords = async (
  { recordDirectory, sessionId }: Pick<SessionSettings, 'recordDirectory' | 'sessionId'>,
  scenario: string,
): Promise<readonly string[]> => {
  const files = await readdir(recordDirectory).catch((): string[] => []);
  const start = `${sessionId}-${scenario}-`;
  return (
    files
      // Behind the name stand a number and, for a file in another folder, its mark; another name may begin alike.
      .filter(
        (file) => file.startsWith(start) && /^\d+(?:-[\da-f]{6})?\.json$/u.test(file.slice(start.length)),
      )
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((file) => join(recordDirectory, file))
  );
};
