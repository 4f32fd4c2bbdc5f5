import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

const whyNotWritable = async (file: string): Promise<string | null> => {
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory() === true) return 'it is a folder. Give a file in it';
  const folder = dirname(file);
  const holder = await stat(folder).catch(() => null);
  if (holder?.isDirectory() !== true) return `there is no folder ${folder}. Create it first`;
  try {
    await access(found === null ? folder : file, constants.W_OK);
    return null;
  } catch {
    return 'it can not be written to. Choose another place or change its permissions';
  }
};

/** The absolute path of a file to write, checked before anything is measured; null when none was asked for. */
export const readOutputFile = async (
  option: string,
  given: string | true | undefined,
  fallback: string,
  problems: string[],
): Promise<string | null> => {
  if (given === undefined) return null;
  if (given === '') {
    problems.push(`${option} is empty. Give a file.`);
    return null;
  }
  const file = resolve(given === true ? fallback : given);
  const reason = await whyNotWritable(file);
  if (reason === null) return file;
  problems.push(`${option} is "${given === true ? fallback : given}", but ${reason}.`);
  return null;
};
