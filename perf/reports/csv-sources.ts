import { basename, dirname, join } from 'node:path';
import type { CsvSource } from './csv.ts';
import type { SessionResult } from './session-result.ts';

/** The runs of a session with their attempts, which lie beside their records, or all in one folder. */
export const csvSources = (
  { scenarios }: Pick<SessionResult, 'scenarios'>,
  folder?: string,
): readonly CsvSource[] =>
  scenarios.flatMap(({ records, recordFiles }) =>
    records.flatMap((record, index) => {
      const place = folder ?? (recordFiles[index] === undefined ? undefined : dirname(recordFiles[index]));
      if (record.attemptsFile === null || place === undefined) return [];
      // A record may come from anywhere: it names a file, and no place.
      return [{ record, attemptsFile: join(place, basename(record.attemptsFile)) }];
    }),
  );
