import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ConnectionAttempt } from '../harness/connection/attempt.ts';
import type { Redact } from '../harness/record/redact.ts';
import type { RunRecord } from '../harness/record/run-record.ts';

/**
 * One attempt as a line of the attempts file. `level`: the number of connections of its capacity level; `warmUp`: it was
 * due in the warm-up, and is not judged.
 */
export type AttemptLine = ConnectionAttempt & { readonly level?: number; readonly warmUp?: true };

/** What a peer said could hold what it was told. */
const redactDetail =
  (redact: Redact) =>
  (key: string, value: unknown): unknown =>
    key === 'detail' && typeof value === 'string' ? redact(value) : value;

/** Writes the attempts of a run beside its record, one JSON line each, and returns the file's name. */
export const writeAttempts = async (
  directory: string,
  runId: string,
  attempts: Iterable<AttemptLine>,
  redact: Redact,
): Promise<string> => {
  await mkdir(directory, { recursive: true });
  const name = `${runId}.attempts.ndjson`;
  const lines = Readable.from(
    (function* () {
      for (const attempt of attempts) yield `${JSON.stringify(attempt, redactDetail(redact))}\n`;
    })(),
  );
  await pipeline(lines, createWriteStream(join(directory, name)));
  return name;
};

/** Writes a run's record, whole or not at all, and returns its absolute path. */
export const writeRecord = async (directory: string, record: RunRecord): Promise<string> => {
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${record.runId}.json`);
  // Two writers of one record, as loads that run together are, must not share a part.
  const part = `${file}.${randomUUID()}.part`;
  await writeFile(part, `${JSON.stringify(record, null, 2)}\n`);
  await rename(part, file);
  return file;
};
