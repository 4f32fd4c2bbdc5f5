import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HarnessError } from '../harness/harness-error.ts';
import type { AttemptLine } from '../harness/record/attempt-line.ts';
import { firstProblem } from '../harness/record/parse-versioned.ts';
import { redactData } from '../harness/record/redact-data.ts';
import type { Redact } from '../harness/record/redact.ts';
import { runRecordSchema, type RunRecord } from '../harness/record/run-record.ts';

/** Writes a file of a run whole or not at all, and returns its path; `what` names it for people. */
const writeInto = async (
  directory: string,
  { name, what }: { readonly name: string; readonly what: string },
  write: (part: string) => Promise<void>,
): Promise<string> => {
  const file = join(directory, name);
  // Two writers of one record, as loads that run together are, must not share a part.
  const part = `${file}.${randomUUID()}.part`;
  try {
    await mkdir(directory, { recursive: true });
    await write(part);
    await rename(part, file);
    return file;
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined);
    throw new HarnessError(
      'RECORD_NOT_WRITTEN',
      `${what} could not be written to ${directory}: ${error instanceof Error ? error.message : String(error)}. ` +
        'Without it what was measured counts for nothing. Make room there, or allow writing, and run again.',
      { cause: error },
    );
  }
};

/**
 * Writes the attempts of a run beside its record, one JSON line each, and returns the file's name.
 * @throws HarnessError RECORD_NOT_WRITTEN
 */
export const writeAttempts = async (
  directory: string,
  runId: string,
  attempts: Iterable<AttemptLine>,
  redact: Redact,
): Promise<string> => {
  const name = `${runId}.attempts.ndjson`;
  const lines = Readable.from(
    (function* () {
      for (const attempt of attempts) yield `${JSON.stringify(redactData(attempt, redact))}\n`;
    })(),
  );
  await writeInto(directory, { name, what: `The attempts of ${runId}` }, (part) =>
    pipeline(lines, createWriteStream(part)),
  );
  return name;
};

/**
 * Writes a run's record, whole or not at all, and returns its absolute path.
 * @throws HarnessError RECORD_INVALID when it is not what the record's schema says, RECORD_NOT_WRITTEN
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
  return writeInto(
    directory,
    { name: `${record.runId}.json`, what: `The record of ${record.runId}` },
    (part) => writeFile(part, `${JSON.stringify(clean, null, 2)}\n`),
  );
};
