import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { messageOf } from './message-of.ts';

/** More than what a nearly full disk may still take in a last block. */
const probeBytes = 65_536;

/** What keeps a folder from taking a file, in the system's words; null when it took one, which is gone again. */
const whyNotWritable = async (folder: string): Promise<string | null> => {
  const probe = join(folder, `.ws-perf-gate-${randomUUID()}.part`);
  try {
    await writeFile(probe, Buffer.alloc(probeBytes));
    return null;
  } catch (error) {
    return messageOf(error);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
};

/** What keeps a folder from being made; one by one, because of a read-only disk Node says otherwise that nothing is there. */
const whyNotMade = async (folder: string): Promise<string | null> => {
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(folder);
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EEXIST' ? null : messageOf(error);
  }
};

/** What a measurement needs to write to. */
interface Places {
  /** Where what it measures is kept. */
  readonly recordDirectories: readonly string[];
  /** A server that runs already needs nothing in the folder for temporary files. */
  readonly startsServers: boolean;
}

/**
 * Why a run or a comparison could not keep what it measures, or bring up its target, one line each; found before anything is
 * measured, because a load of an hour without a record is an hour lost.
 */
export const findUnwritable = async ({
  recordDirectories,
  startsServers,
}: Places): Promise<readonly string[]> => {
  const problems: string[] = [];
  for (const directory of recordDirectories) {
    const records = (await whyNotMade(directory)) ?? (await whyNotWritable(directory));
    if (records === null) continue;
    problems.push(
      `Records can not be written to ${directory}: ${records}. Nothing was measured. Make room there, or allow writing.`,
    );
  }
  const temporary = startsServers ? await whyNotWritable(tmpdir()) : null;
  if (temporary !== null) {
    problems.push(
      `Temporary files can not be written to ${tmpdir()}: ${temporary}. Nothing was measured. Make room there, or set TMPDIR.`,
    );
  }
  return problems;
};
