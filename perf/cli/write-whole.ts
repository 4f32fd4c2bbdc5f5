import { constants, createWriteStream } from 'node:fs';
import { access, lstat, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A link, a device or a pipe would be lost if a file took its place. */
const canBeReplaced = async (file: string): Promise<boolean> => {
  const found = await lstat(file).catch(() => null);
  if (found !== null && !found.isFile()) return false;
  return access(dirname(file), constants.W_OK).then(
    () => true,
    () => false,
  );
};

/** Writes a file whole or not at all; what another file can not take the place of is written to as it stands. */
export const writeWhole = async (
  file: string,
  content: string | ((output: Writable) => Promise<void>),
): Promise<void> => {
  const produce =
    typeof content === 'string' ? (output: Writable) => pipeline(Readable.from([content]), output) : content;
  if (!(await canBeReplaced(file))) {
    await produce(createWriteStream(file));
    return;
  }
  const part = `${file}.part`;
  try {
    await produce(createWriteStream(part));
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
};
