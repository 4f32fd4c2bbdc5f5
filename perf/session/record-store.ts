import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HarnessError } from '../harness/harness-error.ts';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import { firstProblem } from '../harness/record/parse-versioned.ts';
import { redactData } from '../harness/record/redact-data.ts';
import type { Redact } from '../harness/record/redact.ts';
import { runRecordSchema, type RunRecord } from '../harness/record/run-record.ts';

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
      for (const attempt of attempts) yield `${JSON.stringify(redactData(attempt, redact))}\n`;
    })(),
  );
  await pipeline(lines, createWriteStream(join(directory, name)));
  return name;
};

/**
 * Writes a run's record, whole or not at all, and returns its absolute path.
 * @throws HarnessError RECORD_INVALID when it is not what the record's schema says.
 */
export const writeRecord = async (directory: string, record: RunRecord, redact: Redact): Promise<string> => {
  const clean = redactData(record, redact);
  const { error } = runRecordSchema.safeParse(clean);
  if (error !== undefined) {
    throw new HarnessError(
      'RECORD_INVALID',
      `The record of ${record.runId} can not be written: ${firstProblem(error)}. This is a fault of ws-perf-gate; please report it with this line.`,
    );
  }
  await mkdir(directory, { recursive: true });
  const file = join(directory, `${record.runId}.json`);
  // Two writers of one record, as loads that run together are, must not share a part.
  const part = `${file}.${randomUUID()}.part`;
  await writeFile(part, `${JSON.stringify(clean, null, 2)}\n`);
  await rename(part, file);
  return file;
};
